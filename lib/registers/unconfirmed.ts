import { createHash } from "node:crypto";
import { type SQL, sql } from "drizzle-orm";
import type { Db } from "#db/client.ts";
import { affirmativeCheckStates, openCheckStates, type textLocales } from "#db/vocabulary.ts";
import type { Actor } from "#lib/auth/rules.ts";
import { notReplaced } from "#lib/vetting/not-replaced.ts";
import { leieId } from "./leie.ts";

/** Someone for whom nobody has said yet what the exclusion list of a day says. */
export type Unconfirmed = {
  therapistId: string;
  /** The open look at it, if one has begun. */
  look: { caseId: string; checkId: string } | null;
  /** Whether the actor has claimed the case that it lies in, or would lie in. */
  mine: boolean;
  /** The language that they read. */
  locale: (typeof textLocales)[number];
};

/**
 * Everyone listed in the United States whom the actor may confirm at once: no register entry was
 * ever proposed about them, and no look at it lies with someone, or waits for an answer.
 * @param among these alone
 * @param most the first so many, by their ids
 */
export async function listUnconfirmed(
  actor: Actor,
  asOf: string,
  db: Db,
  { among, most }: { among?: readonly string[]; most?: number } = {},
): Promise<Unconfirmed[]> {
  const rows = await db.execute<{
    id: string;
    case_id: string | null;
    check_id: string | null;
    mine: boolean;
    locale: (typeof textLocales)[number];
  }>(sql`
    select t.id, look.case_id, look.check_id, owner.locale,
      coalesce(place.claimed_by = ${actor.personId}, false) as mine
    ${unconfirmed(actor, asOf)} ${among ? sql`and t.id in ${[...among]}` : sql``}
    order by t.id ${most === undefined ? sql`` : sql`limit ${most}`}`);
  return rows.map(({ id, case_id: caseId, check_id: checkId, mine, locale }) => ({
    therapistId: id,
    look: caseId !== null && checkId !== null ? { caseId, checkId } : null,
    mine,
    locale,
  }));
}

/** Nobody needs to know how many more there are, and counting them all takes seconds. */
const mostCounted = 2_000;

export async function countUnconfirmed(actor: Actor, asOf: string, db: Db) {
  const [row] = await db.execute<{ people: number }>(sql`
    select count(*)::integer as people
    from (select ${unconfirmed(actor, asOf)} limit ${mostCounted + 1}) waiting`);
  const people = row?.people ?? 0;
  return { people: Math.min(people, mostCounted), more: people > mostCounted };
}

/** A look that has not begun would lie in the case of looks to be repeated, which may be open. */
function unconfirmed({ personId }: Actor, asOf: string): SQL {
  return sql`from therapists t join people owner on owner.id = t.person_id
    left join lateral (
      select c.id as check_id, c.state, c.case_id
      from checks c join cases k on k.id = c.case_id and k.closed_at is null
      where c.therapist_id = t.id and c.claim_type = 'exclusion'
        and c.state in ${[...openCheckStates]}
      order by c.id limit 1) look on true
    left join lateral (
      select k.kind, case when k.claimed_until > now() then k.claimed_by end as claimed_by
      from cases k where k.therapist_id = t.id and k.closed_at is null
        and case when look.case_id is null then k.kind = 'recheck' else k.id = look.case_id end
      ) place on true
    where t.listing_state in ('listed', 'paused') and owner.deletion_asked_at is null
      and t.person_id <> ${personId}
      and not exists (select from conflicts_of_interest known
        where known.therapist_id = t.id and known.person_id = ${personId})
      and exists (select from credentials held where held.therapist_id = t.id
        and held.stage = 'current' and held.withdrawn_on is null
        and held.jurisdiction like 'US-%')
      and not exists (select from register_findings found
        where found.therapist_id = t.id and found.source_id = ${leieId})
      and not exists (select from checks c where c.therapist_id = t.id
        and c.claim_type = 'exclusion' and c.state in ${[...affirmativeCheckStates]}
        and c.source_as_of >= ${asOf}::date and ${notReplaced(sql`c.id`)})
      and (look.check_id is null
        or (look.state = 'attested' and place.kind in ('recheck', 'expiring')))
      and coalesce(place.claimed_by = ${personId}, true)`;
}

/** SHA-256 over the hashes of all rows of a register's file, in their order, as hex. */
export async function digestOf(sourceId: string, db: Db): Promise<string> {
  const rows = await db.execute<{ hash: string }>(
    sql`select row_hash as hash from register_rows where source_id = ${sourceId} order by row_hash`,
  );
  const digest = createHash("sha256");
  for (const { hash } of rows) digest.update(hash);
  return digest.digest("hex");
}
