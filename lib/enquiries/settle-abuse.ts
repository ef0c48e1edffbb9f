import { and, eq, isNull } from "drizzle-orm";
import { type Db, primary } from "#db/client.ts";
import { abuseNotes } from "#db/schema/enquiries.ts";
import { appendEvent } from "#lib/audit/append-event.ts";
import type { Actor } from "#lib/auth/rules.ts";
import { ConflictError, NotFoundError } from "#lib/errors.ts";
import { isStranger, requireRole } from "#lib/holds/access.ts";
import type { Day } from "#lib/vetting/rules.ts";
import { abuseReaders } from "./rules.ts";

/**
 * Notes that a moderator has dealt with what a therapist showed; its words go 90 days later.
 * @throws NotFoundError for others, and for a note of their own or of someone whom they know too
 * well; ConflictError `already-decided`
 */
export async function settleAbuse(
  actor: Actor,
  noteId: string,
  today: Day,
  db: Db = primary(),
): Promise<void> {
  requireRole(actor, abuseReaders);
  await db.transaction(async (tx) => {
    const open = and(eq(abuseNotes.id, noteId), isStranger(actor, abuseNotes.therapistId));
    const [settled] = await tx
      .update(abuseNotes)
      .set({ settledBy: actor.personId, settledOn: today })
      .where(and(open, isNull(abuseNotes.settledOn)))
      .returning({ id: abuseNotes.id });
    if (!settled) {
      throw (await tx.$count(abuseNotes, open)) > 0
        ? new ConflictError("already-decided")
        : new NotFoundError();
    }
    const subject = { kind: "abuse-note", id: noteId };
    await appendEvent({ actorId: actor.personId, verb: "abuse.settle", subject }, tx);
  });
}
