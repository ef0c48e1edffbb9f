import { CodenameSheet } from "../letters/codename-sheet.tsx";
import { ProgressLines } from "../letters/progress-lines.tsx";
import { Sayings } from "../letters/sayings.tsx";
import type { Page } from "../ui/page.ts";

/** What a form with a way back carries; a script fills it in. Not the words that it stands for. */
export type WayBackFields = {
  tokenHash: string;
  recipient: string;
  /** Address of the script that does the work. */
  worker: string;
};

/** Twelve words before a report is sent, and a tick that they are kept. */
export function WayBack({ page, fields }: { page: Page; fields: WayBackFields }) {
  const { t } = page;
  const isKept = fields.tokenHash !== "";
  return (
    <section className="way-back" aria-labelledby="way-back">
      <h2 id="way-back">{t("reports.back.heading")}</h2>
      <input type="hidden" name="replyTokenHash" value={fields.tokenHash} />
      <input type="hidden" name="replyRecipient" value={fields.recipient} />
      <input type="hidden" name="replyProof" value="" />
      {isKept ? (
        <p>{t("reports.back.same")}</p>
      ) : (
        <>
          <p>{t("reports.back.lead")}</p>
          <CodenameSheet page={page} />
        </>
      )}
      <label className="choice">
        <input type="checkbox" defaultChecked={isKept} data-kept />
        <span>{t("reports.back.kept")}</span>
      </label>
      <ProgressLines page={page} />
      <button type="submit" disabled data-ready>
        {t("reports.send")}
      </button>
      <Sayings
        sayings={{ "not-kept": t("reports.back.notKept"), "no-key": t("letters.trouble.failed") }}
      />
    </section>
  );
}
