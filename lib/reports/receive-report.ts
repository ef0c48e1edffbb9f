import { and, count, eq, gt, inArray, isNull, or, sql } from "drizzle-orm";
import { type Db, primary } from "#db/client.ts";
import { locks } from "#db/locks.ts";
import { cases } from "#db/schema/cases.ts";
import { therapists } from "#db/schema/profiles.ts";
import { reports } from "#db/schema/reports.ts";
import type { ReportKind } from "#db/vocabulary.ts";
import { appendEvent } from "#lib/audit/append-event.ts";
import { lockTherapists } from "#lib/cases/access.ts";
import { openCase } from "#lib/cases/open-case.ts";
import type { ProofProblem } from "#lib/enquiries/rules.ts";
import type { WayBack } from "#lib/enquiries/schema.ts";
import { spendProof } from "#lib/enquiries/spend-proof.ts";
import { NotFoundError } from "#lib/errors.ts";
import { getVisible } from "#lib/profiles/queries.ts";
import { hashesUnder, keptHash, listHashKeys } from "#lib/sealing/kept-hash.ts";
import { passingHashes, seal } from "#lib/sealing/seal.ts";
import { addDays, type Day } from "#lib/vetting/rules.ts";
import { hasRoom, isUrgent, raisedBy, sameness, type Today } from "./rules.ts";

/** `full`: the day takes no more of them. `form-used`: it has made another report already. */
export type ReportOutcome = "received" | "full" | "form-used" | ProofProblem;

export type NewReport = {
  slug: string;
  kind: ReportKind;
  words: string | null;
  /** Of the form that it came by; its hash is the report's id, so that a form makes one report. */
  nonce: string;
  /** Where an answer is left for the reader, and to whom it is sealed; null where none is wanted. */
  wayBack?: WayBack | null;
};

/**
 * Keeps what a reader says about a listing for whoever looks into its complaint, and nothing of who
 * said it. The same report twice is one. @throws NotFoundError unless readers see the listing today
 */
export async function receiveReport(
  { slug, kind, words, nonce, wayBack = null }: NewReport,
  today: Day,
  db: Db = primary(),
): Promise<ReportOutcome> {
  const therapist = await getVisible(slug, today, db);
  if (therapist === null) throw new NotFoundError();
  const therapistId = therapist.id;
  const [id = "", ...before] = passingHashes(nonce, "report");
  const report = { id, ids: [id, ...before], therapistId, kind, words, wayBack };
  // A flood has its answer here, and does not stand in line.
  const answer = await answerTo(report, today, db);
  if (answer !== null) return answer;
  return db.transaction(async (tx) => {
    // One after the other, so that no crowd gets past the limits.
    await tx.execute(sql`select pg_advisory_xact_lock(${locks.reports})`);
    const meanwhile = await answerTo(report, today, tx);
    if (meanwhile !== null) return meanwhile;
    const asked = { purpose: `report:${therapistId}`, now: new Date() } as const;
    const problem = wayBack && (await spendProof(wayBack.proof, asked, tx));
    if (problem !== null) return problem;
    await keepReport(report, today, tx);
    return "received";
  });
}

/** What the words of a report are sealed for. */
export function reportContext(reportId: string): string {
  return `report:${reportId}`;
}

type Report = {
  id: string;
  /** The same, and what a form of this nonce was called under another master key. */
  ids: readonly string[];
  therapistId: string;
  kind: ReportKind;
  words: string | null;
  wayBack: WayBack | null;
};

/** What to answer without keeping anything; null when the report is new and there is room. */
async function answerTo(report: Report, today: Day, tx: Db): Promise<ReportOutcome | null> {
  const keys = await listHashKeys(tx);
  const same = (await openComplaints(report.therapistId, tx)).flatMap((caseId) =>
    hashesUnder(keys, samenessOf(report, caseId, today), sameContext),
  );
  const known = await tx
    .select({ sameWords: reports.sameWords })
    .from(reports)
    .where(or(inArray(reports.id, report.ids), inArray(reports.sameWords, same)));
  if (known.some(({ sameWords }) => same.includes(sameWords))) return "received";
  if (known.length > 0) return "form-used";
  return hasRoom(report.kind, await countToday(report.therapistId, today, tx)) ? null : "full";
}

/** At most one. */
async function openComplaints(therapistId: string, tx: Db): Promise<string[]> {
  const complaint = and(eq(cases.therapistId, therapistId), eq(cases.kind, "complaint"));
  const rows = await tx
    .select({ id: cases.id })
    .from(cases)
    .where(and(complaint, isNull(cases.closedAt)));
  return rows.map(({ id }) => id);
}

const sameContext = "same-report";

function samenessOf({ kind, words }: Report, caseId: string, today: Day): string {
  return sameness({ caseId, kind, words }, today);
}

async function countToday(therapistId: string, today: Day, tx: Db): Promise<Today> {
  const here = sql`${reports.therapistId} = ${therapistId}`;
  const [counts] = await tx
    .select({
      ofListing: sql<number>`count(*) filter (where ${here})::integer`,
      ofHarm: sql<number>`count(*) filter (where ${here} and ${reports.kind} = 'harm')::integer`,
      ofSite: count(),
    })
    .from(reports)
    .where(eq(reports.receivedOn, today));
  return counts ?? { ofListing: 0, ofHarm: 0, ofSite: 0 };
}

async function keepReport(report: Report, today: Day, tx: Db): Promise<void> {
  const { id, therapistId, kind, words, wayBack } = report;
  const urgent = isUrgent(kind, 1 + (await countRecent(therapistId, today, tx)));
  await lockTherapists(eq(therapists.id, therapistId), tx);
  const caseId = await openCase({ therapistId, kind: "complaint", urgent }, tx);
  await tx.insert(reports).values({
    id,
    therapistId,
    caseId,
    kind,
    receivedOn: today,
    sealedWords: words === null ? null : seal(words, reportContext(id)),
    sameWords: keptHash(samenessOf(report, caseId, today), sameContext),
    replyTokenHash: wayBack?.tokenHash ?? null,
    replyRecipient: wayBack?.recipient ?? null,
  });
  const subject = { kind: "therapist", id: therapistId };
  await appendEvent({ actorId: null, verb: "report.receive", subject, details: { kind } }, tx);
}

/** Those that a moderator found to be nothing do not count. */
async function countRecent(therapistId: string, today: Day, tx: Db): Promise<number> {
  const [recent] = await tx
    .select({ total: count() })
    .from(reports)
    .where(
      and(
        eq(reports.therapistId, therapistId),
        gt(reports.receivedOn, addDays(today, -raisedBy.withinDays)),
        sql`${reports.upheld} is not false`,
      ),
    );
  return recent?.total ?? 0;
}
