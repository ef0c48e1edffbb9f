import { and, eq, sql } from "drizzle-orm";
import { type Db, primary } from "#db/client.ts";
import { reports } from "#db/schema/reports.ts";
import { appendEvent } from "#lib/audit/append-event.ts";
import type { Actor } from "#lib/auth/rules.ts";
import { lockClaimed } from "#lib/cases/access.ts";
import { NotFoundError } from "#lib/errors.ts";
import { requireReportReader } from "./access.ts";
import type { Settlement } from "./schema.ts";

/**
 * Says of a report that it holds, or that it does not; while the case is open that can change.
 * What happens to the listing is a decision of its own.
 * @throws NotFoundError, ConflictError `not-claimed` or `already-decided` as its case stands
 */
export async function settleReport(
  actor: Actor,
  { reportId, upheld }: Settlement,
  db: Db = primary(),
): Promise<void> {
  requireReportReader(actor);
  await db.transaction(async (tx) => {
    const [report] = await tx
      .select({ caseId: reports.caseId, kind: reports.kind })
      .from(reports)
      .where(eq(reports.id, reportId));
    if (!report) throw new NotFoundError();
    await lockClaimed(actor, report.caseId, tx);
    const [settled] = await tx
      .update(reports)
      .set({ upheld })
      .where(and(eq(reports.id, reportId), sql`${reports.upheld} is distinct from ${upheld}`))
      .returning({ id: reports.id });
    // Pressed twice, or by two tabs alike: it stands so already.
    if (!settled) return;
    await appendEvent(
      {
        actorId: actor.personId,
        verb: upheld ? "report.uphold" : "report.dismiss",
        subject: { kind: "report", id: reportId },
        details: { kind: report.kind, outcome: upheld ? "upheld" : "dismissed" },
      },
      tx,
    );
  });
}
