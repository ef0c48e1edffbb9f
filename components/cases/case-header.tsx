import type { CaseFile } from "#lib/case-files/queries.ts";
import type { Page } from "../ui/page.ts";
import { clockWords, dayOf, hourOf } from "./case-words.ts";

type CaseHeaderProps = { page: Page; file: CaseFile; now: Date };

/** Who and what it is about, how long there is, and whose it is. */
export function CaseHeader({ page, file, now }: CaseHeaderProps) {
  const { t, href } = page;
  const { kind, urgent, name, listingState, dueOn, closedAt, outcome } = file.case;
  return (
    <header className="case-header">
      <p className="back">
        <a href={href("/moderation")}>{t("moderation.queue.back")}</a>
      </p>
      <h1>{name ?? t("moderation.noName")}</h1>
      <p className="lead">
        {[t(`decisions.kind.${kind}`), urgent && t("moderation.queue.urgent")]
          .filter(Boolean)
          .join(" · ")}
      </p>
      <p>
        {[
          t(`moderation.listing.${listingState}`),
          dueOn && t("moderation.queue.due", { day: page.day(dueOn) }),
          closedAt === null && clockWords(page, file.case, now),
          closedAt &&
            outcome &&
            t("moderation.closed", {
              day: dayOf(page, closedAt),
              outcome: t(`decisions.outcome.${outcome}`),
            }),
        ]
          .filter(Boolean)
          .join(" · ")}
      </p>
      {closedAt === null && <ClaimBox page={page} file={file} />}
    </header>
  );
}

/** Whose it is, and the ways to take it and to let it go. Each button is a form of its own. */
function ClaimBox({ page, file }: Omit<CaseHeaderProps, "now">) {
  const { t } = page;
  const { mine, claimer, claimedUntil } = file.case;
  const hour = claimedUntil ? hourOf(claimedUntil) : "";
  return (
    <section className="claim-box" aria-labelledby="whose">
      <h2 id="whose">{t("moderation.claim.heading")}</h2>
      <p>
        {mine
          ? t("moderation.claim.mine", { hour })
          : claimer !== null
            ? t("moderation.claim.by", { name: claimer, hour })
            : t("moderation.claim.nobody")}
      </p>
      {!mine && <p className="note">{t("moderation.claim.why")}</p>}
      <div className="buttons">
        {mine && <IntentButton page={page} intent="release" />}
        {!mine && claimer === null && <IntentButton page={page} intent="claim" main />}
        <IntentButton page={page} intent="conflict" />
      </div>
      <p className="note">{t("moderation.claim.conflictLead")}</p>
      {mine && file.colleagues.length > 0 && <HandOver page={page} file={file} />}
    </section>
  );
}

type Intent = "claim" | "release" | "conflict";

function IntentButton({ page, intent, main }: { page: Page; intent: Intent; main?: boolean }) {
  return (
    <form method="post">
      <button type="submit" name="intent" value={intent} className={main ? undefined : "quiet"}>
        {page.t(`moderation.claim.${intent}`)}
      </button>
    </form>
  );
}

function HandOver({ page: { t }, file }: { page: Page; file: CaseFile }) {
  return (
    <form method="post" className="hand-over">
      <label htmlFor="person">{t("moderation.claim.to")}</label>
      <select id="person" name="person">
        {file.colleagues.map(({ personId, name }) => (
          <option key={personId} value={personId}>
            {name}
          </option>
        ))}
      </select>
      <button type="submit" name="intent" value="hand-over" className="quiet">
        {t("moderation.claim.handOver")}
      </button>
    </form>
  );
}
