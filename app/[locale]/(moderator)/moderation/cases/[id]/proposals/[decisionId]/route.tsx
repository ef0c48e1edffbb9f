import { accountPage } from "#app/account/account-page.tsx";
import { contentSecurityPolicy } from "#app/account/respond.tsx";
import { ProposalView } from "#components/cases/proposal-view.tsx";
import { getCaseFile } from "#lib/case-files/queries.ts";
import { caseWorkers } from "#lib/cases/rules.ts";
import { answerDecision } from "#lib/decisions/answer-decision.ts";
import { BodyError, NotFoundError } from "#lib/errors.ts";
import { typedValue } from "#lib/forms/rules.ts";
import { type CaseParams, namesFor } from "../../../case-page.tsx";

/** What someone proposed, whole; POST agrees to it, or does not. */
export const { GET, POST } = accountPage<typeof caseWorkers, CaseParams & { decisionId: string }>({
  access: caseWorkers,
  area: "queue",
  fresh: true,
  get: async ({ page, session, params }) => {
    const file = await getCaseFile(session, params.id, page.today);
    const proposal = file.decisions.find(
      ({ id, caseId }) => id === params.decisionId && caseId === params.id,
    );
    if (!proposal) throw new NotFoundError();
    return {
      title: page.t("moderation.proposal.heading"),
      headers: { "Content-Security-Policy": `${contentSecurityPolicy}; frame-src 'self'` },
      body: (
        <ProposalView
          page={page}
          file={file}
          proposal={proposal}
          claim={file.claims.find(({ now }) => now.id === proposal.checkId) ?? null}
          actor={session}
          names={namesFor(page)}
        />
      ),
    };
  },
  post: async ({ session, params, typed }) => {
    const intent = typedValue(typed, "intent");
    if (intent !== "agree" && intent !== "decline") throw new BodyError("no-form");
    const { decisionId } = params;
    await answerDecision(session, { decisionId, agree: intent === "agree" });
    return { to: `/moderation/cases/${params.id}?done=answered` };
  },
});
