import { type SQL, sql } from "drizzle-orm";
import { therapists } from "#db/schema/profiles.ts";
import { affirmativeCheckStates, practisingIssuerKinds } from "#db/vocabulary.ts";
import { practiceStatements } from "#lib/reference/queries.ts";
import { notReplaced } from "#lib/vetting/not-replaced.ts";
import type { Day } from "#lib/vetting/rules.ts";
import { freshness } from "./rules.ts";

const words = (list: readonly string[]) => sql.raw(list.map((word) => `'${word}'`).join(", "));

/** A check that says yes, of the claim as it stands now, and that no later check replaced. */
const standing = sql`c.state in (${words(affirmativeCheckStates)})
  and ${notReplaced(sql`c.id`)}`;

/**
 * The end of a right to practise: of the check and of the credential, whichever comes first.
 * Shared by what may be seen and by where a therapist may work.
 */
export const standingRights = sql`
  select c.therapist_id, k.therapist_id as held_by, k.id as credential_id, k.jurisdiction, k.letters, k.compact_id, c.checked_on,
    least(c.valid_until, c.expires_on, k.expires_on) as until
  from checks c
  join credentials k on k.id = c.credential_id and k.therapist_id = c.therapist_id
  join credential_types kind on kind.id = k.type_id
  where c.track = 'right-to-practise'
    and kind.issuer_kind in (${words(practisingIssuerKinds)})
    and k.withdrawn_on is null
    and k.stage = 'current'
    and c.claim_version = k.claim_version
    and ${standing}`;

const lastDayOfClaim = (claimType: string) => sql`(
  select max(least(c.valid_until, c.expires_on)) from checks c
  where c.therapist_id = ${therapists.id} and c.claim_type = ${sql.raw(`'${claimType}'`)}
    and ${standing})`;

const coreStatements = practiceStatements().filter((statement) => statement.core);

const coreAnswered = sql`(
  select count(*) = ${sql.raw(String(coreStatements.length))}
  from practice_statements s
  join profile_revisions r on r.id = s.revision_id and r.state = 'live'
  where r.therapist_id = ${therapists.id}
    and s.answer in ('yes', 'in-progress')
    and s.statement_id in (${words(coreStatements.map((statement) => statement.id))}))`;

/**
 * The last day on which readers may see a therapist; null when they may not at all.
 * The one definition of "visible": listed, a live revision with the core statements answered, and
 * identity, right to practise and statements checked, fresh, and current.
 */
export const visibleUntil: SQL<Day | null> = sql`(
  case when ${therapists.listingState} = 'listed' and ${coreAnswered} then (
    select case when count(part) = 4 then min(part) end
    from unnest(array[
      ${therapists.confirmedOn} + ${sql.raw(String(freshness.hiddenAt - 1))},
      ${lastDayOfClaim("identity")},
      ${lastDayOfClaim("practice-statements")},
      (select max(rights.until) from (${standingRights}) rights
        where rights.therapist_id = ${therapists.id})
    ]::date[]) as part
  ) end)`;

export function visibleOn(today: Day): SQL<boolean> {
  return sql`${visibleUntil} >= ${today}::date`;
}
