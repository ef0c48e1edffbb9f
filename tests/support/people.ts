import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import type { Db } from "#db/client.ts";
import { people } from "#db/schema/accounts.ts";
import { credentials } from "#db/schema/credentials.ts";
import { evidence } from "#db/schema/evidence.ts";
import { profileRevisions, therapists } from "#db/schema/profiles.ts";
import type { ListingState, RevisionState, Role } from "#db/vocabulary.ts";
import type { Actor } from "#lib/auth/rules.ts";

let made = 0;

/** A person with roles and nothing else, as commands are handed one. */
export async function makePerson(
  db: Db,
  { roles = ["therapist"], locale = "en" }: { roles?: Role[]; locale?: "en" | "es" } = {},
): Promise<Actor & { email: string }> {
  made += 1;
  const email = `person-${made}@provider.net`;
  const [row] = await db
    .insert(people)
    .values({ name: `Person ${made}`, email, roles, locale })
    .returning({ id: people.id });
  if (!row) throw new Error("the person was not made");
  return { personId: row.id, roles, email };
}

/** Their listing, in a state and with a word on openings from a day. @returns its id */
export async function makeListing(
  db: Db,
  { personId }: Actor,
  { state = "listed", confirmedOn }: { state?: ListingState; confirmedOn: string },
): Promise<string> {
  made += 1;
  const [row] = await db
    .insert(therapists)
    .values({
      personId,
      slug: `listing-${made}`,
      listingState: state,
      confirmedOn,
      accepting: true,
    })
    .returning({ id: therapists.id });
  if (!row) throw new Error("the listing was not made");
  return row.id;
}

export type Licensed = Actor & { email: string; therapistId: string; credentialId: string };

/** Someone with a listing and one licence in California. */
export async function makeLicensed(
  db: Db,
  licence: Partial<typeof credentials.$inferInsert> = {},
): Promise<Licensed> {
  const person = await makePerson(db);
  const therapistId = await makeListing(db, person, { confirmedOn: "2026-11-23" });
  const [held] = await db
    .insert(credentials)
    .values({
      therapistId,
      typeId: "us-lmft",
      jurisdiction: "US-CA",
      letters: "LMFT",
      number: "123",
      ...licence,
    })
    .returning({ id: credentials.id });
  if (!held) throw new Error("the licence was not made");
  return { ...person, therapistId, credentialId: held.id };
}

/** A revision of theirs in a state, whatever it says. @returns its id */
export async function makeRevision(
  db: Db,
  { therapistId, state }: { therapistId: string; state: RevisionState },
): Promise<string> {
  const words = { displayName: "A", headline: "B", approach: "C", about: "D" };
  const [row] = await db
    .insert(profileRevisions)
    .values({ therapistId, number: 1, state, ...words, publishedOn: "2026-11-23" })
    .returning({ id: profileRevisions.id });
  if (!row) throw new Error("the revision was not made");
  return row.id;
}

/** A row for a document of theirs, whose bytes nobody can read. @returns its id */
export async function makeDocument(
  db: Db,
  row: Partial<typeof evidence.$inferInsert> & { therapistId: string },
): Promise<string> {
  const [made] = await db
    .insert(evidence)
    .values({
      subject: "identity",
      sealedName: "x",
      mediaType: "image/png",
      byteLength: 100,
      sha256: "x",
      wrappedKey: "x",
      storageRef: `evidence/${randomUUID()}`,
      ...row,
    })
    .returning({ id: evidence.id });
  if (!made) throw new Error("the document was not made");
  return made.id;
}

export async function readListing(db: Db, id: string) {
  const [row] = await db.select().from(therapists).where(eq(therapists.id, id));
  if (!row) throw new Error("there is no such listing");
  return row;
}
