import { accountPage } from "#app/account/account-page.tsx";
import { type CaseNews, CaseView, caseNews } from "#components/cases/case-view.tsx";
import { FindingList } from "#components/registers/finding-list.tsx";
import { ReportList } from "#components/reports/report-list.tsx";
import type { Page } from "#components/ui/page.ts";
import type { Session } from "#lib/auth/rules.ts";
import { seesAll } from "#lib/case-files/access.ts";
import { getCaseFile } from "#lib/case-files/queries.ts";
import { claimCase, handOverCase, releaseCase } from "#lib/cases/claim-case.ts";
import { declareConflict } from "#lib/cases/declare-conflict.ts";
import { caseWorkers } from "#lib/cases/rules.ts";
import { BodyError } from "#lib/errors.ts";
import {
  type FieldErrors,
  parseForm,
  type Typed,
  typedList,
  typedValue,
} from "#lib/forms/rules.ts";
import { listFindings } from "#lib/registers/queries.ts";
import { settleFinding } from "#lib/registers/settle-finding.ts";
import { answerReport } from "#lib/reports/answer-report.ts";
import { listReports } from "#lib/reports/queries.ts";
import { answerField, answerForm, settlementOf } from "#lib/reports/schema.ts";
import { settleReport } from "#lib/reports/settle-report.ts";
import { type CaseParams, namesFor } from "../case-page.tsx";

/** One case: GET shows what the actor may see of it, POST is one of its buttons. */
export const { GET, POST } = accountPage<typeof caseWorkers, CaseParams>({
  access: caseWorkers,
  area: "queue",
  get: ({ page, session, params, query }) => {
    const news = caseNews.find((known) => known === query.get("done")) ?? null;
    return view(page, session, params.id, { news });
  },
  post: async ({ page, session, params, typed }) => {
    const path = `/moderation/cases/${params.id}`;
    if (typedValue(typed, "intent") === "answer-report") {
      const errors = await answer(session, typed, page.today);
      const refused = { typed, errors: errors ?? {} };
      return errors ? view(page, session, params.id, { refused }) : { to: `${path}?done=replied` };
    }
    await press(session, params.id, typed);
    const gone = typedValue(typed, "intent") === "conflict";
    return { to: gone ? "/moderation" : path };
  },
});

type Shown = { news?: CaseNews | null; refused?: { typed: Typed; errors: FieldErrors } | null };

async function view(page: Page, session: Session, caseId: string, shown: Shown) {
  const { news = null, refused = null } = shown;
  const file = await getCaseFile(session, caseId, page.today);
  const sees = file.details !== null && seesAll(session);
  const [reports, findings] = sees
    ? await Promise.all([listReports(session, caseId), listFindings(session, caseId)])
    : [[], []];
  const path = `/moderation/cases/${caseId}`;
  return {
    title: page.t("moderation.caseTitle"),
    status: refused ? 422 : 200,
    body: (
      <CaseView
        page={page}
        file={file}
        names={namesFor(page)}
        now={new Date()}
        news={news}
        reports={
          reports.length > 0 && <ReportList page={page} reports={reports} refused={refused} />
        }
        findings={<FindingList page={page} findings={findings} path={path} />}
      />
    ),
  };
}

/** Seals an answer to whoever sent a report. @returns what is wrong with it; null once it waits */
async function answer(session: Session, typed: Typed, today: string): Promise<FieldErrors | null> {
  const reportId = typedValue(typed, "report");
  const name = answerField(reportId);
  const parsed = parseForm(answerForm, { answer: typedList(typed, name) });
  if (!parsed.ok) return { [name]: parsed.errors.answer ?? { code: "required" } };
  await answerReport(session, { reportId, answer: parsed.value.answer }, today);
  return null;
}

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
