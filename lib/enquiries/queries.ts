import { asc, desc, eq } from "drizzle-orm";
import { type Db, primary } from "#db/client.ts";
import { people } from "#db/schema/accounts.ts";
import { abuseNotes, enquiries, enquiryKeys } from "#db/schema/enquiries.ts";
import { therapists } from "#db/schema/profiles.ts";
import type { Actor } from "#lib/auth/rules.ts";
import { requireRole } from "#lib/holds/access.ts";
import { fingerprint } from "#lib/letters/keys.ts";
import type { Day } from "#lib/vetting/rules.ts";
import { isAnswered, keptFor, openNotes, requireOwnListing } from "./access.ts";
import { abuseReaders, keyStates, lettersAPage } from "./rules.ts";

export type LetterView = { id: string; ciphertext: string; expiresOn: Day; answered: boolean };

export type LetterPage = { letters: LetterView[]; total: number; pages: number };

/**
 * The actor's letters, those that go first coming first. This is all that a therapist's side ever
 * gets of one. @param page from 1 @throws NotFoundError for whoever has no listing
 */
export async function listLetters(
  actor: Actor,
  { page, today }: { page: number; today: Day },
  db: Db = primary(),
): Promise<LetterPage> {
  const own = keptFor(await requireOwnListing(actor, db), today);
  const letters = await db
    .select({
      id: enquiries.id,
      ciphertext: enquiries.ciphertext,
      expiresOn: enquiries.expiresOn,
      answered: isAnswered,
    })
    .from(enquiries)
    .where(own)
    .orderBy(asc(enquiries.expiresOn), asc(enquiries.id))
    .limit(lettersAPage)
    .offset((page - 1) * lettersAPage);
  const total = await db.$count(enquiries, own);
  return { letters, total, pages: Math.max(1, Math.ceil(total / lettersAPage)) };
}

export type OwnKey = Awaited<ReturnType<typeof listOwnKeys>>["keys"][number];

/** The actor's keys with their wrapped secrets, newest first. @throws NotFoundError without a listing */
export async function listOwnKeys(actor: Actor, now: Date, db: Db = primary()) {
  const therapistId = await requireOwnListing(actor, db);
  const rows = await db
    .select({
      id: enquiryKeys.id,
      recipient: enquiryKeys.recipient,
      wrappedByPassphrase: enquiryKeys.wrappedByPassphrase,
      wrappedByRecovery: enquiryKeys.wrappedByRecovery,
      wrappedByPasskey: enquiryKeys.wrappedByPasskey,
      createdAt: enquiryKeys.createdAt,
      activeFrom: enquiryKeys.activeFrom,
      withdrawnAt: enquiryKeys.withdrawnAt,
    })
    .from(enquiryKeys)
    .where(eq(enquiryKeys.therapistId, therapistId))
    .orderBy(desc(enquiryKeys.activeFrom), enquiryKeys.id);
  const states = keyStates(rows, now);
  const keys = await Promise.all(
    rows.map(async (row, at) => ({
      ...row,
      fingerprint: await fingerprint(row.recipient),
      state: states[at] ?? "earlier",
    })),
  );
  return { therapistId, keys };
}

export type AbuseNote = Awaited<ReturnType<typeof listAbuseNotes>>[number];

/** That therapists showed something and nobody has dealt with it, oldest first. @throws NotFoundError for others */
export async function listAbuseNotes(actor: Actor, db: Db = primary()) {
  requireRole(actor, abuseReaders);
  return db
    .select({
      id: abuseNotes.id,
      slug: therapists.slug,
      name: people.name,
      receivedOn: abuseNotes.receivedOn,
    })
    .from(abuseNotes)
    .innerJoin(therapists, eq(therapists.id, abuseNotes.therapistId))
    .innerJoin(people, eq(people.id, therapists.personId))
    .where(openNotes(actor))
    .orderBy(asc(abuseNotes.receivedOn), asc(abuseNotes.id))
    .limit(100);
}
