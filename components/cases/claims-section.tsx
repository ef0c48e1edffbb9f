import type { LookedAt } from "#lib/case-files/load-looks.ts";
import type { CaseFile } from "#lib/case-files/queries.ts";
import type { Page } from "../ui/page.ts";
import type { CaseNames } from "./case-words.ts";
import { ClaimFacts, claimTitle } from "./claim-facts.tsx";
import { documentsOf } from "./document-frames.tsx";
import { LookFacts } from "./look-facts.tsx";

type ClaimsSectionProps = { page: Page; file: CaseFile; names: CaseNames };

/** Claim by claim: what is open in this case, and below it what was looked at before. */
export function ClaimsSection({ page, file, names }: ClaimsSectionProps) {
  const { t } = page;
  const open = file.claims.filter((claim) => claim.open);
  const settled = file.claims.filter((claim) => !claim.open);
  return (
    <section aria-labelledby="claims">
      <h2 id="claims">{t("moderation.claims.open", { count: open.length })}</h2>
      {open.map((claim) => (
        <Claim key={claim.now.id} page={page} file={file} claim={claim} names={names} />
      ))}
      {settled.length > 0 && (
        <details>
          <summary>{t("moderation.claims.settled", { count: settled.length })}</summary>
          {settled.map((claim) => (
            <Claim key={claim.now.id} page={page} file={file} claim={claim} names={names} />
          ))}
        </details>
      )}
    </section>
  );
}

type ClaimProps = ClaimsSectionProps & { claim: LookedAt };

function Claim({ page, file, claim: { now, open, earlier }, names }: ClaimProps) {
  const { t, href } = page;
  const documents = file.details ? documentsOf(file.details.documents, now) : [];
  const proposed = file.decisions.find(
    ({ checkId, state }) => checkId === now.id && state === "proposed",
  );
  return (
    <article className="claim" aria-labelledby={`claim-${now.id}`}>
      <h3 id={`claim-${now.id}`}>{claimTitle(page, now)}</h3>
      <p className="note">
        {t(`track.${now.track}`)} · {t(`decisions.checkState.${now.state}`)}
        {documents.length > 0 &&
          ` · ${t("moderation.documents.count", { count: documents.length })}`}
        {earlier.length > 0 &&
          ` · ${t("moderation.claims.earlierCount", { count: earlier.length })}`}
      </p>
      <ClaimFacts page={page} look={now} names={names} />
      {!open && <LookFacts page={page} look={now} />}
      {proposed && (
        <p className="second">
          <a href={href(`/moderation/cases/${file.case.id}/proposals/${proposed.id}`)}>
            {t("moderation.proposal.waits", { action: t(`decisions.action.${proposed.action}`) })}
          </a>
        </p>
      )}
      {file.details && !file.case.closedAt && (
        <p>
          <a
            href={href(`/moderation/cases/${file.case.id}/checks/${now.id}`)}
            aria-describedby={`claim-${now.id}`}
          >
            {t(open ? "moderation.claims.look" : "moderation.claims.lookBack")}
          </a>
        </p>
      )}
    </article>
  );
}

/** Looks of the same claim before the one that counts now. */
export function EarlierLooks({ page, looks }: { page: Page; looks: LookedAt["earlier"] }) {
  const { t } = page;
  if (looks.length === 0) return null;
  return (
    <details>
      <summary>{t("moderation.claims.earlierCount", { count: looks.length })}</summary>
      <ol className="earlier">
        {looks.map((look) => (
          <li key={look.id}>
            <p>{t(`decisions.checkState.${look.state}`)}</p>
            <LookFacts page={page} look={look} />
          </li>
        ))}
      </ol>
    </details>
  );
}
