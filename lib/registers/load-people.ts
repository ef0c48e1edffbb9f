import { and, eq, inArray, sql } from "drizzle-orm";
import type { Db } from "#db/client.ts";
import { therapists } from "#db/schema/profiles.ts";
import { registerFindings } from "#db/schema/registers.ts";
import type { ListingState } from "#db/vocabulary.ts";
import { legalNameContext } from "#lib/revisions/queries.ts";
import { unseal } from "#lib/sealing/seal.ts";
import type { Person } from "./connector.ts";
import { openFacts } from "./seal-facts.ts";

/** Listings that readers can see, or may come to see. */
const watched = [
  "pending",
  "listed",
  "paused",
  "suspended",
] as const satisfies readonly ListingState[];

/** Ids of everyone who must not be on an exclusion list. */
export async function listWatched(db: Db): Promise<string[]> {
  const rows = await db
    .select({ id: therapists.id })
    .from(therapists)
    .where(inArray(therapists.listingState, [...watched]))
    .orderBy(therapists.id);
  return rows.map(({ id }) => id);
}

export async function findPerson(therapistId: string, db: Db): Promise<Person | undefined> {
  const [found] = await load(therapistId, db);
  if (!found) return undefined;
  const { sealedLegalName, ...person } = found;
  const legalName = sealedLegalName && unseal(sealedLegalName, legalNameContext(therapistId));
  const npis = await listNpis(therapistId, db);
  return { ...person, registerName: legalName || person.displayName, npis };
}

/** What a moderator said is theirs. */
async function listNpis(therapistId: string, db: Db): Promise<string[]> {
  const used = await db
    .select({ facts: registerFindings.facts })
    .from(registerFindings)
    .where(
      and(
        eq(registerFindings.therapistId, therapistId),
        eq(registerFindings.sourceId, "nppes"),
        eq(registerFindings.state, "used"),
      ),
    );
  return used.flatMap(({ facts }) => openFacts(therapistId, facts).npi ?? []);
}

/** The name shown is that of the newest revision which was sent or is live. */
function load(therapistId: string, db: Db) {
  return db
    .select({
      therapistId: therapists.id,
      sealedLegalName: therapists.sealedLegalName,
      displayName: sql<string>`coalesce((select r.display_name from profile_revisions r
        where r.therapist_id = ${therapistId} and r.display_name is not null
          and r.state in ('submitted', 'changes-requested', 'live')
        order by r.number desc limit 1), '')`,
      licences: sql<Person["licences"]>`coalesce((select
          json_agg(json_build_object('jurisdiction', c.jurisdiction, 'letters', c.letters,
            'number', c.number) order by c.id)
        from credentials c where c.therapist_id = ${therapistId} and c.withdrawn_on is null
          and c.stage <> 'retired' and c.jurisdiction is not null), '[]')`,
    })
    .from(therapists)
    .where(eq(therapists.id, therapistId));
}
