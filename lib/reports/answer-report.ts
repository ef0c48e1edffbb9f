import { eq } from "drizzle-orm";
import { type Db, primary } from "#db/client.ts";
import { replies } from "#db/schema/enquiries.ts";
import { reports } from "#db/schema/reports.ts";
import { appendEvent } from "#lib/audit/append-event.ts";
import type { Actor } from "#lib/auth/rules.ts";
import { lockClaimed } from "#lib/cases/access.ts";
import { replyEnd } from "#lib/enquiries/rules.ts";
import { ConflictError, NotFoundError } from "#lib/errors.ts";
import { MODERATORS, sealReply } from "#lib/letters/letter.ts";
import type { Day } from "#lib/vetting/rules.ts";
import { requireReportReader } from "./access.ts";

/**
 * Seals an answer to whoever left a way back with a report, and forgets the way: there is one answer.
 * What it says is kept nowhere else. @throws NotFoundError; ConflictError `not-claimed`,
 * `already-decided` when no way is left, or `unsealed` when what was left cannot be sealed to
 */
export async function answerReport(
  actor: Actor,
  { reportId, answer }: { reportId: string; answer: string },
  today: Day,
  db: Db = primary(),
): Promise<void> {
  requireReportReader(actor);
  await db.transaction(async (tx) => {
    const [found] = await tx
      .select({ caseId: reports.caseId })
      .from(reports)
      .where(eq(reports.id, reportId));
    if (!found) throw new NotFoundError();
    await lockClaimed(actor, found.caseId, tx);
    const { tokenHash, recipient } = await takeWayBack(reportId, tx);
    const letter = { therapist: MODERATORS, thread: "", body: answer, last: true };
    const sealed = await sealReply({ ...letter, recipient });
    if (!sealed.ok) throw new ConflictError("unsealed");
    const { ciphertext } = sealed;
    await tx.insert(replies).values({ tokenHash, ciphertext, expiresOn: replyEnd(today) });
    const subject = { kind: "report", id: reportId };
    await appendEvent({ actorId: actor.personId, verb: "report.answer", subject }, tx);
  });
}

/** Its case is locked, but those who burn their words wait for no case. */
async function takeWayBack(
  reportId: string,
  tx: Db,
): Promise<{ tokenHash: string; recipient: string }> {
  const [way] = await tx
    .select({ tokenHash: reports.replyTokenHash, recipient: reports.replyRecipient })
    .from(reports)
    .where(eq(reports.id, reportId))
    .for("update");
  if (!way?.tokenHash || !way.recipient) throw new ConflictError("already-decided");
  await tx
    .update(reports)
    .set({ replyTokenHash: null, replyRecipient: null })
    .where(eq(reports.id, reportId));
  return { tokenHash: way.tokenHash, recipient: way.recipient };
}
