import { and, eq } from "drizzle-orm";
import { type Db, primary } from "#db/client.ts";
import { abuseNotes } from "#db/schema/enquiries.ts";
import { appendEvent } from "#lib/audit/append-event.ts";
import type { Actor } from "#lib/auth/rules.ts";
import { NotFoundError } from "#lib/errors.ts";
import { requireRole } from "#lib/holds/access.ts";
import { unseal } from "#lib/sealing/seal.ts";
import { openNotes } from "./access.ts";
import { abuseContext, abuseReaders } from "./rules.ts";

/**
 * The words that a therapist showed; null once they are gone. Each time that they are opened is noted.
 * @throws NotFoundError for others, and for a note that is settled, their own, or of someone whom
 * they know too well
 */
export async function readAbuse(
  actor: Actor,
  noteId: string,
  db: Db = primary(),
): Promise<string | null> {
  requireRole(actor, abuseReaders);
  return db.transaction(async (tx) => {
    const [note] = await tx
      .select({ sealedWords: abuseNotes.sealedWords })
      .from(abuseNotes)
      .where(and(eq(abuseNotes.id, noteId), openNotes(actor)));
    if (!note) throw new NotFoundError();
    const subject = { kind: "abuse-note", id: noteId };
    await appendEvent({ actorId: actor.personId, verb: "abuse.read", subject }, tx);
    return note.sealedWords === null ? null : unseal(note.sealedWords, abuseContext(noteId));
  });
}
