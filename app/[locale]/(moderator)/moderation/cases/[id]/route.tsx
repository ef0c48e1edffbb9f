import { accountPage } from "#app/account/account-page.tsx";
import { CaseView, caseNews } from "#components/cases/case-view.tsx";
import { FindingList } from "#components/registers/finding-list.tsx";
import { ReportList } from "#components/reports/report-list.tsx";
import type { Session } from "#lib/auth/rules.ts";
import { seesAll } from "#lib/case-files/access.ts";
import { getCaseFile } from "#lib/case-files/queries.ts";
import { claimCase, handOverCase, releaseCase } from "#lib/cases/claim-case.ts";
import { declareConflict } from "#lib/cases/declare-conflict.ts";
import { caseWorkers } from "#lib/cases/rules.ts";
import { BodyError } from "#lib/errors.ts";
import { type Typed, typedValue } from "#lib/forms/rules.ts";
import { listFindings } from "#lib/registers/queries.ts";
import { settleFinding } from "#lib/registers/settle-finding.ts";
import { listReports } from "#lib/reports/queries.ts";
import { settlementOf } from "#lib/reports/schema.ts";
import { settleReport } from "#lib/reports/settle-report.ts";
import { type CaseParams, namesFor } from "../case-page.tsx";

/** One case: GET shows what the actor may see of it, POST is one of its buttons. */
export const { GET, POST } = accountPage<typeof caseWorkers, CaseParams>({
  access: caseWorkers,
  area: "queue",
  get: async ({ page, session, params, query }) => {
    const file = await getCaseFile(session, params.id, page.today);
    const sees = file.details !== null && seesAll(session);
    const [reports, findings] = sees
      ? await Promise.all([listReports(session, params.id), listFindings(session, params.id)])
      : [[], []];
    const path = `/moderation/cases/${params.id}`;
    return {
      title: page.t("moderation.caseTitle"),
      body: (
        <CaseView
          page={page}
          file={file}
          names={namesFor(page)}
          now={new Date()}
          news={caseNews.find((news) => news === query.get("done")) ?? null}
          reports={reports.length > 0 && <ReportList page={page} reports={reports} />}
          findings={<FindingList page={page} findings={findings} path={path} />}
        />
      ),
    };
  },
  post: async ({ session, params, typed }) => {
    await press(session, params.id, typed);
    const gone = typedValue(typed, "intent") === "conflict";
    return { to: gone ? "/moderation" : `/moderation/cases/${params.id}` };
  },
});

async function press(session: Session, caseId: string, typed: Typed): Promise<void> {
  const settlement = settlementOf(typed);
  if (settlement) return settleReport(session, settlement);
  const intent = typedValue(typed, "intent");
  const findingId = typedValue(typed, "finding");
  switch (intent) {
    case "claim":
      return claimCase(session, caseId);
    case "release":
      return releaseCase(session, caseId);
    case "hand-over":
      return handOverCase(session, { caseId, toPersonId: typedValue(typed, "person") });
    case "conflict":
      return declareConflict(session, caseId);
    case "use-finding":
    case "dismiss-finding":
      return settleFinding(session, { findingId, use: intent === "use-finding" });
    default:
      throw new BodyError("no-form");
  }
}
