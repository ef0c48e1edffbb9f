import type postgres from "postgres";
import type { Criteria, FacetKey } from "#lib/directory/schema.ts";

/**
 * The search said once more, in plain SQL and from the rules as they are written for people: who is
 * visible, who may practise where, who offers what. Shares no code with the search that it judges.
 * @returns ids of the therapists that match, in no order
 */
export async function plainSearch(
  sql: postgres.Sql,
  criteria: Criteria,
  place: { lat: number; lon: number } | null,
  today: string,
): Promise<string[]> {
  const affirmed = sql`state in ('verified', 'verified-with-conditions')
    and valid_until >= ${today}::date and (expires_on is null or expires_on >= ${today}::date)
    and id not in (select supersedes_id from checks where supersedes_id is not null)`;
  const term = (kind: FacetKey, ids: readonly string[]) => sql`exists (
    select from revision_terms where revision_id = r.id and kind = ${kind} and term_id in ${sql([...ids])})`;
  const conditions = [
    sql`t.listing_state = 'listed'`,
    sql`${today}::date - t.confirmed_on < 90`,
    sql`exists (select from checks where therapist_id = t.id and claim_type = 'identity' and ${affirmed})`,
    sql`exists (select from checks where therapist_id = t.id
      and claim_type = 'practice-statements' and ${affirmed})`,
    sql`exists (select from rights where therapist_id = t.id)`,
    sql`10 = (select count(*) from practice_statements where revision_id = r.id and answer <> 'no'
      and statement_id in ('no-coercion-assumption', 'no-pathology', 'client-sets-focus',
        'no-leaving-condition', 'no-abuse-assumption', 'erotic-countertransference',
        'no-dual-roles', 'minimal-notes', 'mandated-reporting-upfront', 'no-authority-contact'))`,
  ];
  for (const kind of ["modality", "concern", "work", "fee", "access", "identity"] as const) {
    if (criteria[kind].length > 0) conditions.push(term(kind, criteria[kind]));
  }
  if (criteria.language.length > 0) {
    conditions.push(sql`exists (select from revision_terms where revision_id = r.id
      and kind = 'language' and term_id in ${sql([...criteria.language])}
      and coalesce(level, 'therapy') = 'therapy')`);
  }
  if (criteria.training.length > 0) {
    const wanted = sql([...criteria.training]);
    conditions.push(sql`exists (select from trainings where therapist_id = t.id and stage = 'current' and (
      kind in ${wanted}
      or (worker_led = 'yes' and 'sex-worker-led' in ${wanted})
      or (kind = 'certificate-programme' and 'certified' in ${wanted})
      or (evidence in ('seen', 'confirmed-by-provider') and 'evidence-checked' in ${wanted})))`);
  }
  if (criteria.accepting)
    conditions.push(sql`t.accepting and ${today}::date - t.confirmed_on < 60`);
  if (criteria.format.length > 0 && !criteria.region) {
    conditions.push(term("format", criteria.format));
  }
  if (criteria.region) {
    const formats =
      criteria.format.length > 0 ? criteria.format : ["in-person", "video", "phone", "text"];
    conditions.push(sql`exists (
      select from rights join revision_terms f on f.revision_id = r.id and f.kind = 'format'
      where rights.therapist_id = t.id
        and (rights.jurisdiction = ${criteria.region} or (
          split_part(rights.jurisdiction, '-', 1) in ('GB', 'IE', 'AU', 'NZ', 'DE', 'NL')
          and split_part(rights.jurisdiction, '-', 1) = split_part(${criteria.region}, '-', 1)))
        and f.term_id in ${sql([...formats])}
        and (f.term_id <> 'in-person' or (
          rights.compact_id is distinct from 'psypact'
          and exists (select from practice_locations
            where revision_id = r.id and region = ${criteria.region}))))`);
  }
  if (place) {
    conditions.push(sql`exists (select from practice_locations l where l.revision_id = r.id
      and 2 * 6371.0088 * asin(sqrt(
        power(sin(radians(l.lat - ${place.lat}) / 2), 2)
        + cos(radians(${place.lat})) * cos(radians(l.lat))
          * power(sin(radians(l.lon - ${place.lon}) / 2), 2))) <= ${criteria.within})`);
  }
  const all = conditions.reduce((sum, condition) => sql`${sum} and ${condition}`);
  const rows = await sql<{ id: string }[]>`
    with rights as (
      select k.therapist_id, k.jurisdiction, k.compact_id
      from credentials k join credential_types kind on kind.id = k.type_id
      where kind.issuer_kind not in ('certification', 'varies') and k.withdrawn_on is null and k.stage = 'current'
        and (k.expires_on is null or k.expires_on >= ${today}::date)
        and exists (select from checks where credential_id = k.id and track = 'right-to-practise'
          and claim_version = k.claim_version and ${affirmed}))
    select t.id from therapists t
    join profile_revisions r on r.therapist_id = t.id and r.state = 'live'
    where ${all}`;
  return rows.map(({ id }) => id);
}
