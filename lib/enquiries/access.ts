import { and, eq, gte, isNull, type SQL, sql } from "drizzle-orm";
import type { Db } from "#db/client.ts";
import { abuseNotes, enquiries } from "#db/schema/enquiries.ts";
import { therapists } from "#db/schema/profiles.ts";
import type { Actor } from "#lib/auth/rules.ts";
import { NotFoundError } from "#lib/errors.ts";
import { isStranger } from "#lib/holds/access.ts";
import type { Day } from "#lib/vetting/rules.ts";

/** The id of the actor's own listing. @throws NotFoundError for whoever has none */
export async function requireOwnListing({ personId, roles }: Actor, db: Db): Promise<string> {
  if (!roles.includes("therapist")) throw new NotFoundError();
  const [own] = await ownListing(personId, db);
  if (!own) throw new NotFoundError();
  return own.id;
}

/** The same, and nothing else happens to its keys or inbox until the transaction ends. */
export async function lockOwnListing({ personId, roles }: Actor, tx: Db): Promise<string> {
  if (!roles.includes("therapist")) throw new NotFoundError();
  const [own] = await ownListing(personId, tx).for("no key update");
  if (!own) throw new NotFoundError();
  return own.id;
}

function ownListing(personId: string, db: Db) {
  return db.select({ id: therapists.id }).from(therapists).where(eq(therapists.personId, personId));
}

/** Letters of a therapist that are still kept on a day, whatever the purge has got to. */
export function keptFor(therapistId: string, today: Day): SQL | undefined {
  return and(eq(enquiries.therapistId, therapistId), gte(enquiries.expiresOn, today));
}

/**
 * A letter was answered. What is answered ends with its answer; what came after that is kept for
 * longer, so the last days tell which is which, and no other trace is needed.
 */
export const isAnswered = sql<boolean>`exists (select from replies given
  where given.token_hash = enquiries.token_hash and given.therapist_id = enquiries.therapist_id
    and given.expires_on >= enquiries.expires_on)`;

/** What therapists showed that nobody has dealt with, and that the actor may look at. */
export function openNotes(actor: Actor): SQL | undefined {
  return and(isNull(abuseNotes.settledOn), isStranger(actor, abuseNotes.therapistId));
}
