import type postgres from "postgres";

/** What every table holds, each as one number, by its name. */
export type Digests = ReadonlyMap<string, string>;

/** @param personas whose own rows may change: theirs are left out */
export async function digests(
  sql: postgres.Sql,
  personas: readonly string[] = [],
): Promise<Digests> {
  const tables = await sql<{ name: string }[]>`
    select format('%I.%I', schemaname, tablename) as name from pg_tables
    where schemaname = 'public' order by 1`;
  const found = new Map<string, string>();
  for (const { name } of tables) {
    const [row] = await sql`
      with own as (select id from people where persona = any(${personas as string[]})),
        listed as (select id from therapists where person_id in (select id from own)),
        written as (
          select id from profile_revisions where therapist_id in (select id from listed))
      select count(*) || ' ' || coalesce(sum(hashtextextended(t::text, 0)), 0) as digest
      from ${sql.unsafe(name)} t, lateral (select to_jsonb(t) as row) r
      where not coalesce(
        row ->> 'person_id' in (select id from own)
        or row ->> 'therapist_id' in (select id from listed)
        or row ->> 'revision_id' in (select id from written), false)`;
    found.set(name, String(row?.digest));
  }
  return found;
}

export function changedTables(before: Digests, after: Digests): string[] {
  return [...after].filter(([name, digest]) => before.get(name) !== digest).map(([name]) => name);
}
