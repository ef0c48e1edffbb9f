import { and, asc, eq, gt, inArray, isNull, type SQL, sql } from "drizzle-orm";
import type { AnyPgColumn } from "drizzle-orm/pg-core";
import type { Db } from "#db/client.ts";
import { people } from "#db/schema/accounts.ts";
import { cases } from "#db/schema/cases.ts";
import { credentials, insurances, trainings } from "#db/schema/credentials.ts";
import { profileRevisions, therapists } from "#db/schema/profiles.ts";
import { registerSources } from "#db/schema/registers.ts";
import { checks } from "#db/schema/vetting.ts";
import { affirmativeCheckStates, openCheckStates } from "#db/vocabulary.ts";
import { lockTherapists } from "#lib/cases/access.ts";
import { notReplaced } from "#lib/vetting/not-replaced.ts";
import { addDays, daysFor } from "#lib/vetting/rules.ts";
import { type Look, type Rhythm, type Watched, watchedStates } from "./rules.ts";

/** The next therapists after an id; empty when there are no more. */
export function listWatched({ after, most }: { after: string; most: number }, db: Db) {
  return watched(gt(therapists.id, after), most, db);
}

/** One of them, locked until the transaction ends; undefined when they are watched no more. */
export async function lockWatched(id: string, tx: Db) {
  await lockTherapists(eq(therapists.id, id), tx);
  const [found] = await watched(eq(therapists.id, id), 1, tx);
  return found;
}

function watched(which: SQL, most: number, db: Db): Promise<(Watched & { id: string })[]> {
  return db
    .select({
      id: therapists.id,
      listingState: therapists.listingState,
      name: sql<string>`coalesce(${profileRevisions.displayName}, '')`,
      // One at a time, as the limit says: for an \`exists\` Postgres would read everyone's claims first.
      inUs: sql<boolean>`coalesce((select true from credentials held
        where held.therapist_id = ${therapists.id} and held.stage = 'current'
          and held.withdrawn_on is null and held.jurisdiction like 'US-%' limit 1), false)`,
    })
    .from(therapists)
    .innerJoin(people, eq(people.id, therapists.personId))
    .leftJoin(
      profileRevisions,
      and(eq(profileRevisions.therapistId, therapists.id), eq(profileRevisions.state, "live")),
    )
    .where(
      and(
        which,
        inArray(therapists.listingState, [...watchedStates]),
        isNull(people.deletionAskedAt),
      ),
    )
    .orderBy(asc(therapists.id))
    .limit(most);
}

/** Looks at their claims as those stand now: settled ones that count, and those under way. */
export function listLooks(
  whose: readonly { id: string }[],
  db: Db,
): Promise<(Look & { therapistId: string })[]> {
  // Said of all that is joined: or Postgres goes through everyone's claims, for each batch anew.
  const theirs = (column: AnyPgColumn) => eq(column, sql`any(${ids}::text[])`);
  const ids = sql.param(whose.map(({ id }) => id));
  return db
    .select({
      id: checks.id,
      therapistId: checks.therapistId,
      track: checks.track,
      claimType: checks.claimType,
      credentialId: checks.credentialId,
      trainingId: checks.trainingId,
      jurisdiction: checks.jurisdiction,
      claim: checks.claim,
      claimVersion: checks.claimVersion,
      state: checks.state,
      checkedOn: checks.checkedOn,
      validUntil: checks.validUntil,
      expiresOn: checks.expiresOn,
      nextCheckOn: checks.nextCheckOn,
      claimEndsOn: sql<string | null>`coalesce(
        ${credentials.expiresOn}, ${trainings.expiresOn}, ${insurances.expiresOn})::text`,
      inQueue: sql<boolean>`${cases.id} is not null and ${cases.closedAt} is null`,
      keptOn: sql<string | null>`case when ${wasKept}
        then (${cases.closedAt} at time zone 'UTC')::date end::text`,
    })
    .from(checks)
    .leftJoin(
      credentials,
      and(eq(credentials.id, checks.credentialId), theirs(credentials.therapistId)),
    )
    .leftJoin(trainings, and(eq(trainings.id, checks.trainingId), theirs(trainings.therapistId)))
    .leftJoin(
      insurances,
      and(
        eq(insurances.therapistId, checks.therapistId),
        theirs(insurances.therapistId),
        eq(checks.claimType, "insurance"),
      ),
    )
    .leftJoin(cases, and(eq(cases.id, checks.caseId), theirs(cases.therapistId)))
    .where(
      and(
        theirs(checks.therapistId),
        notReplaced(checks.id),
        ofLiveClaim,
        sql`(${checks.claimType} <> 'supervision' or exists (select from credentials held
          where held.therapist_id = ${checks.therapistId} and held.therapist_id = any(${ids}::text[])
            and held.stage = 'current' and held.withdrawn_on is null and held.supervised))`,
        sql`(${inArray(checks.state, [...openCheckStates])} or ${counts} or ${wasKept})`,
      ),
    );
}

/** Of what readers see: no draft of a claim, and none that was taken back. */
const ofLiveClaim = sql`(${checks.credentialId} is null
    or (${credentials.stage} = 'current' and ${credentials.withdrawnOn} is null))
  and (${checks.trainingId} is null or ${trainings.stage} = 'current')`;

/** Of the claim as it stands today. */
const ofThisVersion = sql`${checks.claimVersion}
  = coalesce(${credentials.claimVersion}, ${trainings.claimVersion}, ${checks.claimVersion})`;

/** A settled look counts for the claim as it was when somebody looked. */
const counts = sql`(${inArray(checks.state, [
  ...affirmativeCheckStates,
  "unable-to-verify",
  "rejected",
])} and ${ofThisVersion})`;

/** Someone ended its case and left everything as it was: they have looked, and need not tomorrow. */
const wasKept = sql`(${checks.state} = 'withdrawn' and ${cases.outcome} = 'no-change'
  and ${ofThisVersion})`;

/** Whether the exclusion list was read well here, and lately enough to be confirmed for everyone. */
export async function isListRead({ today, cadence }: Pick<Rhythm, "today" | "cadence">, db: Db) {
  const since = addDays(today, -daysFor("exclusion", cadence));
  const read = sql`${registerSources.id} = 'leie' and ${registerSources.lastGoodAt} >= ${since}::date`;
  return (await db.$count(registerSources, read)) > 0;
}
