import { sql } from "drizzle-orm";
import type { Db } from "#db/client.ts";
import { affirmativeCheckStates, openCheckStates, practisingIssuerKinds } from "#db/vocabulary.ts";
import { notReplaced } from "#lib/vetting/not-replaced.ts";
import type { Day } from "#lib/vetting/rules.ts";
import type { Standing } from "./rules.ts";

/**
 * The looks that a listing would rest on if what a therapist sent were accepted: those that say
 * yes, hold on that day, are of the claims as they would be, and were not replaced.
 */
export async function getStanding(
  { therapistId, caseId }: { therapistId: string; caseId: string },
  today: Day,
  db: Db,
): Promise<Standing> {
  const [row] = await db.execute<{
    open: number;
    identity: boolean;
    rights: number;
    statements: boolean;
    reviewers: string[] | null;
  }>(sql`
    with standing as (
      select c.* from checks c
      where c.therapist_id = ${therapistId} and c.state in ${[...affirmativeCheckStates]}
        and ${notReplaced(sql`c.id`)}
        and least(c.valid_until, c.expires_on) >= ${today}::date
    ), counted as (
      select s.* from standing s
      left join credentials k on k.id = s.credential_id
      left join credential_types kind on kind.id = k.type_id
      where s.claim_type in ('identity', 'practice-statements')
        or (s.claim_type = 'credential'
          and kind.issuer_kind in ${[...practisingIssuerKinds]}
          and k.stage <> 'retired' and k.withdrawn_on is null and not k.retire_proposed
          and k.claim_version = s.claim_version
          and coalesce(k.expires_on >= ${today}::date, true)
          and not exists (select from credentials newer
            where newer.replaces_id = k.id and newer.stage = 'proposed'))
    )
    select
      (select count(*)::integer from checks
        where case_id = ${caseId} and state in ${[...openCheckStates]}) as open,
      coalesce(bool_or(claim_type = 'identity'), false) as identity,
      count(*) filter (where claim_type = 'credential')::integer as rights,
      coalesce(bool_or(claim_type = 'practice-statements'), false) as statements,
      array(select distinct who from counted, unnest(array[checker_id, second_reviewer_id]) who
        where who is not null) as reviewers
    from counted`);
  return {
    openLooks: row?.open ?? 0,
    identity: row?.identity ?? false,
    rights: row?.rights ?? 0,
    statements: row?.statements ?? false,
    reviewers: row?.reviewers ?? [],
  };
}
