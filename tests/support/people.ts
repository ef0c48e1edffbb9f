import { eq } from "drizzle-orm";
import type { Db } from "#db/client.ts";
import { people } from "#db/schema/accounts.ts";
import { therapists } from "#db/schema/profiles.ts";
import type { ListingState, Role } from "#db/vocabulary.ts";
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

export async function readListing(db: Db, id: string) {
  const [row] = await db.select().from(therapists).where(eq(therapists.id, id));
  if (!row) throw new Error("there is no such listing");
  return row;
}
