import type { MailKind } from "#db/vocabulary.ts";
import { daysBetween } from "#lib/availability/rules.ts";
import { type OwnReason, ownReasons } from "#lib/email/rules.ts";
import type { StuckMails } from "#lib/mails/queries.ts";
import type { Page } from "../ui/page.ts";

type StuckMailListProps = {
  page: Page;
  mails: StuckMails;
  /** The one that was to be tried again had gone by then. */
  gone: boolean;
};

type StuckMail = StuckMails["shown"][number];

/** Mails that did not go: what kind, since when and why, never whose. */
export function StuckMailList({ page, mails: { shown, total }, gone }: StuckMailListProps) {
  const { t } = page;
  return (
    <div className="prose">
      <h1>{t("mail.stuck.heading")}</h1>
      {gone && (
        <p className="notice" role="alert">
          {t("mail.stuck.gone")}
        </p>
      )}
      <p className="lead">{t("mail.stuck.lead")}</p>
      {total === 0 ? (
        <p>{t("mail.stuck.none")}</p>
      ) : (
        <>
          <form method="post">
            <button type="submit" name="mail" value="all">
              {t("mail.stuck.all", { count: total })}
            </button>
          </form>
          <StuckTable page={page} mails={shown} />
          {shown.length < total && <p>{t("mail.stuck.more", { shown: shown.length, total })}</p>}
        </>
      )}
    </div>
  );
}

function StuckTable({ page, mails }: { page: Page; mails: readonly StuckMail[] }) {
  const { t } = page;
  return (
    <form method="post">
      <table>
        <thead>
          <tr>
            {(["kind", "state", "age", "error", "again"] as const).map((column) => (
              <th key={column} scope="col">
                {t(`mail.stuck.column.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {mails.map((mail) => (
            <StuckRow key={mail.id} page={page} mail={mail} />
          ))}
        </tbody>
      </table>
    </form>
  );
}

function StuckRow({ page, mail }: { page: Page; mail: StuckMail }) {
  const { t } = page;
  const state = mail.state === "failed" ? "failed" : "waiting";
  const words = {
    kind: t(`mail.kind.${mail.kind satisfies MailKind}.name`),
    state: t(`mail.stuck.state.${state}`),
    age: t("mail.stuck.age", { days: Math.max(0, daysBetween(dayOf(mail.createdAt), page.today)) }),
  };
  return (
    <tr>
      <td>{words.kind}</td>
      <td>{words.state}</td>
      <td>{words.age}</td>
      <td>{reason(page, mail.lastError)}</td>
      <td>
        <button
          type="submit"
          className="plain"
          name="mail"
          value={mail.id}
          aria-label={t("mail.stuck.againThis", words)}
        >
          {t("mail.stuck.again")}
        </button>
      </td>
    </tr>
  );
}

function reason({ t }: Page, error: string | null) {
  if (error === null) return t("mail.stuck.noAnswer");
  const own = ownReasons.find((known): known is OwnReason => known === error);
  return own ? t(`mail.stuck.reason.${own}`) : <code>{error}</code>;
}

const dayOf = (moment: Date) => moment.toISOString().slice(0, 10);
