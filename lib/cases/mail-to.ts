import { eq } from "drizzle-orm";
import type { Db } from "#db/client.ts";
import { people } from "#db/schema/accounts.ts";
import { therapists } from "#db/schema/profiles.ts";
import { NotFoundError } from "#lib/errors.ts";

/** Where mail about a therapist's case goes, and in which language. */
export async function getMailTo(therapistId: string, db: Db) {
  const [found] = await db
    .select({ to: people.email, personId: people.id, locale: people.locale })
    .from(therapists)
    .innerJoin(people, eq(people.id, therapists.personId))
    .where(eq(therapists.id, therapistId));
  if (!found) throw new NotFoundError();
  return found;
}
