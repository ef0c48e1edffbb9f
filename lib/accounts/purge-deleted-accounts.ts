import { randomUUID } from "node:crypto";
import { and, asc, eq, inArray, lte, or, type SQL } from "drizzle-orm";
import { type Db, primary } from "#db/client.ts";
import {
  addressChanges,
  failedAttempts,
  passkeyChallenges,
  passkeys,
  people,
  recoveryCodes,
  roleChanges,
  sessions,
  totpSecrets,
  verificationTokens,
} from "#db/schema/accounts.ts";
import { evidence } from "#db/schema/evidence.ts";
import { invitations, mails } from "#db/schema/mails.ts";
import { photos, therapists } from "#db/schema/profiles.ts";
import { checks } from "#db/schema/vetting.ts";
import { appendEvent } from "#lib/audit/append-event.ts";
import { isHeld } from "#lib/holds/access.ts";
import { enqueueReindex } from "#lib/jobs/enqueue.ts";
import { graceDays } from "./rules.ts";

export type PurgedAccount = {
  personId: string;
  /** What the store of documents still has of theirs, unreadable from now on; the caller's to destroy. */
  storageRefs: string[];
  /** Pictures that were public; the caller's to destroy as well. */
  photoIds: string[];
};

/**
 * Deletes every account whose days of grace are over, with all that was theirs; all of them or none,
 * so that no reference to a stored document is lost half-way. One whose documents must stay waits.
 */
export async function purgeAskedDeletions(now: Date, db: Db = primary()): Promise<PurgedAccount[]> {
  const asked = new Date(now.getTime() - graceDays * 24 * 60 * 60_000);
  return db.transaction(async (tx) => {
    const over = lte(people.deletionAskedAt, asked);
    await lockListings(over, tx);
    const due = await tx
      .select({ id: people.id, email: people.email })
      .from(people)
      .where(over)
      .for("update");
    const purged: PurgedAccount[] = [];
    for (const { id, email } of due) {
      if (await mustStay(id, tx)) continue;
      purged.push({ personId: id, ...(await deleteListing(id, tx)) });
      await deleteAccount(id, email, tx);
      const subject = { kind: "person", id };
      await appendEvent({ actorId: null, verb: "account.delete", subject }, tx);
    }
    return purged;
  });
}

/** Before their people, as whatever writes to a therapist does; no hold is set meanwhile. */
async function lockListings(ofWhom: SQL, tx: Db): Promise<void> {
  const going = tx.select({ id: people.id }).from(people).where(ofWhom);
  await tx
    .select({ id: therapists.id })
    .from(therapists)
    .where(inArray(therapists.personId, going))
    .orderBy(asc(therapists.id))
    .for("update");
}

async function mustStay(personId: string, tx: Db): Promise<boolean> {
  const own = eq(therapists.personId, personId);
  return (await tx.$count(therapists, and(own, isHeld(therapists.id)))) > 0;
}

async function deleteListing(personId: string, db: Db) {
  const [therapist] = await db
    .select({ id: therapists.id })
    .from(therapists)
    .where(eq(therapists.personId, personId));
  if (!therapist) return { storageRefs: [], photoIds: [] };
  const { id } = therapist;
  const documents = await db
    .select({ ref: evidence.storageRef })
    .from(evidence)
    .where(eq(evidence.therapistId, id));
  const pictures = await db
    .select({ id: photos.id })
    .from(photos)
    .where(eq(photos.therapistId, id));
  await db.delete(therapists).where(eq(therapists.id, id));
  await enqueueReindex(id, db);
  return {
    storageRefs: documents.map(({ ref }) => ref),
    photoIds: pictures.map((picture) => picture.id),
  };
}

async function deleteAccount(personId: string, email: string, db: Db): Promise<void> {
  await db.delete(failedAttempts).where(eq(failedAttempts.subject, `second-factor:${personId}`));
  await db.delete(verificationTokens).where(eq(verificationTokens.identifier, email));
  if (await signedChecks(personId, db)) await emptyAccount(personId, db);
  else await db.delete(people).where(eq(people.id, personId));
}

async function signedChecks(personId: string, db: Db): Promise<boolean> {
  const signed = await db
    .select({ id: checks.id })
    .from(checks)
    .where(or(eq(checks.checkerId, personId), eq(checks.secondReviewerId, personId)))
    .limit(1);
  return signed.length > 0;
}

/** What someone signed about others stays signed, by a person of whom nothing else is known. */
async function emptyAccount(personId: string, db: Db): Promise<void> {
  await db.delete(sessions).where(eq(sessions.userId, personId));
  for (const table of [
    passkeys,
    passkeyChallenges,
    totpSecrets,
    recoveryCodes,
    addressChanges,
    mails,
    invitations,
    roleChanges,
  ]) {
    await db.delete(table).where(eq(table.personId, personId));
  }
  await db
    .update(people)
    .set({
      persona: null,
      name: "",
      email: `${randomUUID()}@deleted.invalid`,
      emailVerified: null,
      roles: [],
      locale: "en",
      deletionAskedAt: null,
    })
    .where(eq(people.id, personId));
}
