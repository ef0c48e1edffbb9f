import type { Actor } from "#lib/auth/rules.ts";
import type { DecisionLine } from "#lib/case-files/load-decisions.ts";
import type { LookedAt } from "#lib/case-files/load-looks.ts";
import type { CaseFile } from "#lib/case-files/queries.ts";
import { mayDecide } from "#lib/decisions/transitions.ts";
import type { Page } from "../ui/page.ts";
import type { CaseNames } from "./case-words.ts";
import { ClaimFacts, claimTitle } from "./claim-facts.tsx";
import { whoAndWhen } from "./decisions-section.tsx";
import { DocumentFrames, documentsOf } from "./document-frames.tsx";
import { Lines, recordLines } from "./look-facts.tsx";

type ProposalViewProps = {
  page: Page;
  file: CaseFile;
  proposal: DecisionLine;
  claim: LookedAt | null;
  actor: Actor;
  names: CaseNames;
};

/** All that someone proposed, before anyone agrees to it. */
export function ProposalView({ page, file, proposal, claim, actor, names }: ProposalViewProps) {
  const { t, href } = page;
  const base = `/moderation/cases/${file.case.id}`;
  const { action, code, reason, record } = proposal;
  return (
    <div className="prose">
      <p className="back">
        <a href={href(base)}>{t("moderation.backToCase")}</a>
      </p>
      <h1>{t("moderation.proposal.heading")}</h1>
      <p className="lead">
        {file.case.name ?? t("moderation.noName")}: {t(`decisions.action.${action}`)}
      </p>
      <p className="note">{whoAndWhen(page, proposal)}</p>
      {claim && (
        <>
          <h2>{claimTitle(page, claim.now)}</h2>
          <ClaimFacts page={page} look={claim.now} names={names} />
        </>
      )}
      <h2>{t("moderation.proposal.says")}</h2>
      <Lines
        page={page}
        lines={[
          ["code", code && t(`decisions.code.${code}`)],
          ["reason", reason],
          ...(record ? recordLines(page, record) : []),
        ]}
      />
      {claim && file.details && (
        <DocumentFrames page={page} documents={documentsOf(file.details.documents, claim.now)} />
      )}
      <Answer page={page} file={file} proposal={proposal} actor={actor} />
    </div>
  );
}

type AnswerProps = Pick<ProposalViewProps, "page" | "file" | "proposal" | "actor">;

/** To agree or not; to take back what is one's own. */
function Answer({ page: { t, href }, file, proposal, actor }: AnswerProps) {
  const own = proposal.proposedBy === actor.personId;
  if (proposal.state !== "proposed") return <p>{t("moderation.proposal.over")}</p>;
  if (!file.case.mine) return <p>{t("moderation.decide.claimFirst")}</p>;
  if (!mayDecide(actor.roles, proposal.action, proposal.track)) return null;
  const path = href(`/moderation/cases/${file.case.id}/proposals/${proposal.id}`);
  return (
    <form method="post" action={path}>
      {own && <p>{t("moderation.proposal.own")}</p>}
      <p className="buttons">
        {!own && (
          <button type="submit" name="intent" value="agree">
            {t("moderation.proposal.agree")}
          </button>
        )}
        <button type="submit" name="intent" value="decline" className="quiet">
          {t(own ? "moderation.proposal.takeBack" : "moderation.proposal.decline")}
        </button>
      </p>
    </form>
  );
}
