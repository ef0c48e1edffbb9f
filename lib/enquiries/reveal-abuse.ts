import { randomUUID } from "node:crypto";
import { and, eq } from "drizzle-orm";
import { type Db, primary } from "#db/client.ts";
import { abuseNotes, enquiries } from "#db/schema/enquiries.ts";
import { appendEvent } from "#lib/audit/append-event.ts";
import type { Actor } from "#lib/auth/rules.ts";
import { ConflictError, NotFoundError } from "#lib/errors.ts";
import { seal } from "#lib/sealing/seal.ts";
import type { Day } from "#lib/vetting/rules.ts";
import { keptFor, lockOwnListing } from "./access.ts";
import { countToday } from "./count-today.ts";
import { abuseContext, mostAbuseADay } from "./rules.ts";

/**
 * Shows moderators what a therapist chose to show of a letter to them; nothing leads from it back to
 * the letter. @throws NotFoundError for a letter that is gone or not theirs, ConflictError `too-many`
 */
export async function revealAbuse(
  actor: Actor,
  { enquiryId, words }: { enquiryId: string; words: string },
  today: Day,
  db: Db = primary(),
): Promise<void> {
  await db.transaction(async (tx) => {
    const therapistId = await lockOwnListing(actor, tx);
    const letter = and(eq(enquiries.id, enquiryId), keptFor(therapistId, today));
    if ((await tx.$count(enquiries, letter)) === 0) throw new NotFoundError();
    const room = { subject: `abuse:${therapistId}`, most: mostAbuseADay };
    if (!(await countToday(room, today, tx))) throw new ConflictError("too-many");
    const id = randomUUID();
    const sealedWords = seal(words, abuseContext(id));
    await tx.insert(abuseNotes).values({ id, therapistId, receivedOn: today, sealedWords });
    const subject = { kind: "abuse-note", id };
    await appendEvent({ actorId: actor.personId, verb: "abuse.reveal", subject }, tx);
  });
}
