import type { CaughtMail } from "#lib/email/caught-mails.ts";
import type { Page } from "../ui/page.ts";

type CaughtMailListProps = { page: Page; mails: readonly CaughtMail[] };

export function CaughtMailList({ page, mails }: CaughtMailListProps) {
  const { t, href } = page;
  return (
    <div className="prose">
      <h1>{t("mail.demo.heading")}</h1>
      <p className="lead">{t("mail.demo.lead")}</p>
      <p>
        <a href={href("/demo/mails")}>{t("mail.demo.refresh")}</a>
        {" · "}
        <a href={href("/demo/mails.json")}>{t("mail.demo.json")}</a>
      </p>
      {mails.length === 0 && <p>{t("mail.demo.none")}</p>}
      {mails.map((mail, position) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a list that is drawn once
        <CaughtMailView key={position} page={page} mail={mail} position={position} />
      ))}
    </div>
  );
}

type CaughtMailViewProps = { page: Page; mail: CaughtMail; position: number };

function CaughtMailView({ page, mail, position }: CaughtMailViewProps) {
  const { t } = page;
  const heading = `mail-${position}`;
  return (
    <article className="mail" aria-labelledby={heading}>
      <h2 id={heading}>{mail.subject}</h2>
      <dl className="facts">
        <div>
          <dt>{t("mail.demo.to")}</dt>
          <dd>{mail.to}</dd>
        </div>
        <div>
          <dt>{t("mail.demo.from")}</dt>
          <dd>{mail.from}</dd>
        </div>
        <div>
          <dt>{t("mail.demo.received")}</dt>
          <dd>
            <time dateTime={mail.receivedAt}>
              {page.day(mail.receivedAt)}, {mail.receivedAt.slice(11, 19)} UTC
            </time>
          </dd>
        </div>
      </dl>
      <p className="mail-text">
        <WithLinks text={mail.text} />
      </p>
    </article>
  );
}

/** Web addresses in a text as links; everything else as it is. */
function WithLinks({ text }: { text: string }) {
  return text.split(/(https?:\/\/[^\s<>"]+)/).map((part, position) =>
    position % 2 === 1 ? (
      <a key={part} href={part} rel="noreferrer">
        {part}
      </a>
    ) : (
      part
    ),
  );
}
