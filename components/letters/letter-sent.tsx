import { keptDays } from "#lib/enquiries/rules.ts";
import type { Page } from "../ui/page.ts";
import { CodenameSheet } from "./codename-sheet.tsx";

/** What a script shows once a letter is sent: new words to keep, or that the old ones still count. */
export function LetterSent({ page, name }: { page: Page; name: string }) {
  const { t, href } = page;
  const where = (
    <p className="on-screen">
      {t("letters.sent.where", keptDays)} <a href={href("/replies")}>{t("letters.sent.replies")}</a>
    </p>
  );
  return (
    <>
      <section className="letter-sent" aria-labelledby="sent" data-sent hidden>
        <p className="done on-screen">{t("letters.sent.done", { name })}</p>
        <h1 id="sent">{t("letters.sent.heading")}</h1>
        <p>{t("letters.sent.lead")}</p>
        <CodenameSheet page={page} />
        {where}
      </section>
      <section className="letter-sent" aria-labelledby="sent-again" data-sent-again hidden>
        <h1 id="sent-again">{t("letters.sent.done", { name })}</h1>
        <p>{t("letters.sent.again")}</p>
        {where}
      </section>
    </>
  );
}
