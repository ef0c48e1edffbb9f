import { type SQL, sql } from "drizzle-orm";
import { type SessionFormat, sessionFormats } from "#db/vocabulary.ts";
import type { WordQuery } from "./free-words.ts";
import type { FilterKey, ResolvedCriteria } from "./index-query.ts";
import { reachPoint } from "./reach-number.ts";
import { dayNumber } from "./rules.ts";
import { type FacetKey, facetKeys, pageSize } from "./schema.ts";

/** Criteria with their words already turned into questions for Postgres; null looks for none. */
export type EntryCriteria = Omit<ResolvedCriteria, "q"> & { words: WordQuery | null };

const earthRadiusKm = 6371.0088;
const kmPerDegree = 111;

/**
 * One search of the entries, as one statement: what `index-query.ts` asks the engine in several.
 * Each entry is looked at once. It notes which choices it misses; one that misses a single facet
 * still counts for the values of that facet.
 * @param mostCounted with more candidates, their facets are not counted
 */
export function entriesQuery(criteria: EntryCriteria, today: string, mostCounted: number): SQL {
  const open = openFacets(criteria);
  const all = conditionsOf(criteria, today, open);
  const missed = sql.join(
    open.map(
      (key) =>
        sql`case when ${facetCondition(criteria, key, today)} then null else ${key}::text end`,
    ),
    sql`, `,
  );
  return sql`
    with near as materialized (
      select ${oneEach(criteria)} *
      from (
        select ${neededColumns(criteria)}, ${distanceKm(criteria)} as distance,
          ${isExact(criteria)} as exact, array_remove(array[${missed}]::text[], null) as missed
        from directory_entries where ${all}
      ) looked_at
      where cardinality(missed) <= 1
      ${oneEachOrder(criteria)}
    ),
    found as (select * from near where missed = '{}'),
    -- A limit first and the places then: nobody sorts all that were found for a page of them.
    top as (
      select * from found order by ${sortOf(criteria)}
      limit ${pageSize} offset ${(criteria.page - 1) * pageSize}
    ),
    shown as (select id, row_number() over (order by ${sortOf(criteria)}) as place from top)
    select
      (select count(*)::integer from found) as total,
      (select count(*)::integer from found where accepting_until >= ${dayNumber(today)}) as accepting,
      case when (select count(*) from near) <= ${mostCounted}::integer then (
        select coalesce(jsonb_object_agg(term, n), '{}') from (
          select term, count(*) as n from near join directory_entries using (id), unnest(terms) as term
          where missed = '{}' or missed = array[split_part(term, ':', 1)]
          group by term) counted) end as terms,
      ${formatsIn(criteria.region, today)} as formats,
      (select coalesce(jsonb_agg(card order by place), '[]')
        from shown join directory_entries using (id)) as cards`;
}

/** Never the card, or the texts: they would be written down for everyone who comes near. */
function neededColumns({ region }: EntryCriteria): SQL {
  const reach = region === "" ? sql`` : sql`, reach`;
  return sql`id, therapist_id, accepting_until, confirmed, shuffle${reach}`;
}

/** How many reach a reader in a region by each format: a room elsewhere is no format here. */
function formatsIn(region: string, today: string): SQL {
  if (region === "") return sql`null::jsonb`;
  const counts = sessionFormats.map((format) => {
    const reached = reaches(region, [format], today);
    return sql`${format}::text, count(*) filter (where ${reached})`;
  });
  return sql`(select jsonb_build_object(${sql.join(counts, sql`, `)}) from near
    where missed = '{}' or missed = '{format}')`;
}

/** How many there would be with each of some criteria left out, in their order. */
export function looseningQuery(
  ways: readonly { criteria: EntryCriteria; leaveOut: FilterKey | null }[],
  today: string,
): SQL {
  const counts = ways.map(({ criteria, leaveOut }) => {
    const conditions = conditionsOf(criteria, today, leaveOut === null ? [] : [leaveOut]);
    return sql`(select count(distinct therapist_id) from directory_entries where ${conditions})`;
  });
  return sql`select array[${sql.join(counts, sql`, `)}]::integer[] as totals`;
}

/** Facets that something is chosen from: their other values are counted as if nothing were. */
function openFacets(criteria: EntryCriteria): FacetKey[] {
  return facetKeys.filter((key) => criteria[key].length > 0);
}

function conditionsOf(criteria: EntryCriteria, today: string, leaveOut: readonly FilterKey[]): SQL {
  const wanted = (key: FilterKey) => !leaveOut.includes(key);
  const now = dayNumber(today);
  const all = [sql`visible_until >= ${now}`];
  if (criteria.region && wanted("region")) {
    const formats = wanted("format") ? criteria.format : [];
    all.push(reaches(criteria.region, formats, today));
  } else if (criteria.format.length > 0 && wanted("format")) {
    all.push(hasAny("format", criteria.format));
  }
  for (const key of facetKeys) {
    if (key === "format" || !wanted(key) || criteria[key].length === 0) continue;
    all.push(hasAny(key, criteria[key]));
  }
  if (criteria.accepting && wanted("accepting")) all.push(sql`accepting_until >= ${now}`);
  all.push(criteria.place && wanted("where") ? isNear(criteria) : sql`main`);
  if (criteria.words) all.push(hasWords(criteria.words.near));
  return sql.join(all, sql` and `);
}

function facetCondition(criteria: EntryCriteria, key: FacetKey, today: string): SQL {
  if (key === "format" && criteria.region) return reaches(criteria.region, criteria.format, today);
  return hasAny(key, criteria[key]);
}

function hasAny(key: FacetKey, values: readonly string[]): SQL {
  return sql`terms && ${sql.param(values.map((value) => `${key}:${value}`))}::text[]`;
}

/** Whether someone reaches a reader in a region, in one of some formats, or in any. */
function reaches(region: string, formats: readonly SessionFormat[], today: string): SQL {
  const ways = (formats.length > 0 ? formats : sessionFormats).map(
    (format) => sql`reach @> ${reachPoint(region, format, today)}::bigint`,
  );
  return sql`(${sql.join(ways, sql` or `)})`;
}

function hasWords(query: string): SQL {
  return sql`words @@ to_tsquery('public.directory_words', ${query})`;
}

function isExact({ words }: EntryCriteria): SQL {
  return words ? hasWords(words.exact) : sql`true`;
}

/** A belt of latitudes first, which an index finds; then what lies within the circle. */
function isNear(criteria: EntryCriteria): SQL {
  const { lat = 0 } = criteria.place ?? {};
  const belt = criteria.within / kmPerDegree + 0.01;
  return sql`lat between ${lat - belt} and ${lat + belt}
    and ${distanceKm(criteria)} <= ${criteria.within}`;
}

/** Along the great circle; null where no place is asked for. */
function distanceKm({ place }: EntryCriteria): SQL {
  if (place === null) return sql`null::float8`;
  return sql`2 * ${earthRadiusKm}::float8 * asin(least(1, sqrt(
    power(sin(radians(lat - ${place.lat}::float8) / 2), 2)
    + cos(radians(${place.lat}::float8)) * cos(radians(lat))
      * power(sin(radians(lon - ${place.lon}::float8) / 2), 2))))`;
}

/** A therapist with two rooms in reach is one result, by the nearer one. */
function oneEach({ place }: EntryCriteria): SQL {
  return place === null ? sql`` : sql`distinct on (therapist_id)`;
}

function oneEachOrder({ place }: EntryCriteria): SQL {
  return place === null ? sql`` : sql`order by therapist_id, distance`;
}

/** What was typed right comes before what may have been meant, as in the engine. */
function sortOf({ sort, place }: EntryCriteria): SQL {
  const order =
    sort === "near" && place
      ? sql`distance`
      : sort === "recent"
        ? sql`confirmed desc`
        : sql`accepting_until desc`;
  return sql`exact desc, ${order}, shuffle, id`;
}
