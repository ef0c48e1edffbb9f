import { and, eq, isNotNull } from "drizzle-orm";
import { type Db, primary } from "#db/client.ts";
import { cases } from "#db/schema/cases.ts";
import { reports } from "#db/schema/reports.ts";
import { reportKinds } from "#db/vocabulary.ts";
import type { Actor } from "#lib/auth/rules.ts";
import { claimedBy, openTo } from "#lib/cases/access.ts";
import { ConflictError, NotFoundError } from "#lib/errors.ts";
import { unseal } from "#lib/sealing/seal.ts";
import { requireReportReader } from "./access.ts";
import { reportContext } from "./receive-report.ts";

export type ReportView = Awaited<ReturnType<typeof listReports>>[number];

/**
 * What readers said in a case, harm first and then the newest, for whoever has claimed it.
 * @throws NotFoundError for everyone who may not work on it, ConflictError `not-claimed`
 */
export async function listReports(actor: Actor, caseId: string, db: Db = primary()) {
  requireReportReader(actor);
  const [found] = await db
    .select({ claimed: claimedBy(actor).mapWith(Boolean) })
    .from(cases)
    .where(and(eq(cases.id, caseId), openTo(actor)));
  if (!found) throw new NotFoundError();
  if (!found.claimed) throw new ConflictError("not-claimed");
  const rows = await db
    .select({
      id: reports.id,
      kind: reports.kind,
      receivedOn: reports.receivedOn,
      sealedWords: reports.sealedWords,
      upheld: reports.upheld,
      /** Whoever sent it left a way back that is not used yet. */
      answerable: isNotNull(reports.replyRecipient).mapWith(Boolean),
    })
    .from(reports)
    .where(eq(reports.caseId, caseId));
  const rank = ({ kind }: (typeof rows)[number]) => reportKinds.indexOf(kind);
  return rows
    .toSorted((a, b) => rank(a) - rank(b) || b.receivedOn.localeCompare(a.receivedOn))
    .map(({ sealedWords, ...report }) => ({
      ...report,
      /** Null where the reader chose a kind and wrote nothing. */
      words: sealedWords === null ? null : unseal(sealedWords, reportContext(report.id)),
    }));
}
