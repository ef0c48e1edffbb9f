import type { DecisionAction } from "#db/vocabulary.ts";
import type { DecisionLine } from "#lib/case-files/load-decisions.ts";
import type { CaseFile } from "#lib/case-files/queries.ts";
import { peopleFor } from "#lib/decisions/transitions.ts";
import type { Page } from "../ui/page.ts";
import { dayOf } from "./case-words.ts";
import { claimTitle } from "./claim-facts.tsx";

type SectionProps = { page: Page; file: CaseFile };

/** What waits for a second person, and what the actor can decide on the whole. */
export function DecideSection({ page, file }: SectionProps) {
  const { t } = page;
  const { actions, blockers } = file;
  const proposed = file.decisions.filter(
    ({ state, caseId, checkId }) =>
      state === "proposed" && caseId === file.case.id && checkId === null,
  );
  const mine = file.case.mine;
  const open = proposed.length > 0 ? [] : actions.filter((action) => mine || action === "hide");
  return (
    <section aria-labelledby="decide">
      <h2 id="decide">{t("moderation.decide.heading")}</h2>
      <Proposals page={page} proposals={proposed} caseId={file.case.id} />
      {actions.includes("accept") && blockers.length > 0 && (
        <>
          <p>{t("moderation.decide.notYet")}</p>
          <ul>
            {blockers.map((blocker) => (
              <li key={blocker}>{t(`moderation.blocker.${blocker}`)}</li>
            ))}
          </ul>
        </>
      )}
      {open.length === 0 && proposed.length === 0 && (
        <p>{t(mine ? "moderation.decide.nothing" : "moderation.decide.claimFirst")}</p>
      )}
      <ul className="actions">
        {open
          .filter((action) => action !== "accept" || blockers.length === 0)
          .map((action) => (
            <Action key={action} page={page} caseId={file.case.id} action={action} />
          ))}
      </ul>
    </section>
  );
}

type ActionProps = { page: Page; caseId: string; action: DecisionAction };

function Action({ page: { t, href }, caseId, action }: ActionProps) {
  return (
    <li>
      <a href={href(`/moderation/cases/${caseId}/decide/${action}`)}>
        {t(`decisions.action.${action}`)}
      </a>{" "}
      <small>
        {t("moderation.decide.people", { count: peopleFor(action, null) })}
        {action === "hide" && ` ${t("moderation.decide.hideHint")}`}
      </small>
    </li>
  );
}

type ProposalsProps = { page: Page; proposals: readonly DecisionLine[]; caseId: string };

function Proposals({ page, proposals, caseId }: ProposalsProps) {
  const { t, href } = page;
  return proposals.map((proposal) => (
    <p key={proposal.id} className="second">
      <a href={href(`/moderation/cases/${caseId}/proposals/${proposal.id}`)}>
        {t("moderation.proposal.waits", { action: t(`decisions.action.${proposal.action}`) })}
      </a>
    </p>
  ));
}

/** Every decision about this therapist, newest first. */
export function HistorySection({ page, file }: SectionProps) {
  const { t } = page;
  return (
    <section aria-labelledby="history">
      <h2 id="history">{t("moderation.history.heading")}</h2>
      {file.decisions.length === 0 && <p>{t("moderation.history.none")}</p>}
      <ul className="earlier">
        {file.decisions.map((decision) => (
          <li key={decision.id}>
            <p>
              {[
                <strong key="done">
                  {t(`decisions.${wordsOf(decision)}.${decision.action}`)}
                </strong>,
                claimOf(page, file, decision),
                decision.code && t(`decisions.code.${decision.code}`),
              ]
                .filter(Boolean)
                .flatMap((part) => [" · ", part])
                .slice(1)}
            </p>
            <p className="kept">{decision.reason}</p>
            <p className="note">{whoAndWhen(page, decision)}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Which claim it was about, as exactly as the case still knows. */
function claimOf(page: Page, { claims }: CaseFile, { checkId, claimType }: DecisionLine) {
  const claim = claims.find(({ now, earlier }) =>
    [now, ...earlier].some(({ id }) => id === checkId),
  );
  if (claim) return claimTitle(page, claim.now);
  return claimType && page.t(`decisions.claim.${claimType}`);
}

const wordsOf = ({ state }: DecisionLine) => (state === "in-force" ? "done" : "action");

export function whoAndWhen(page: Page, decision: DecisionLine): string {
  const { t } = page;
  const { proposer, answerer, proposedAt, state } = decision;
  const first = t("moderation.history.by", {
    name: proposer ?? t("moderation.history.someone"),
    day: dayOf(page, proposedAt),
  });
  const second = answerer
    ? t(state === "in-force" ? "moderation.history.agreed" : "moderation.history.declinedBy", {
        name: answerer,
      })
    : state === "in-force"
      ? null
      : t(`moderation.history.${state}`);
  return [first, second].filter(Boolean).join(" ");
}
