import type postgres from "postgres";

/** What every table holds, each as one number, by its name. */
export type Digests = ReadonlyMap<string, string>;

export async function digests(sql: postgres.Sql): Promise<Digests> {
  const tables = await sql<{ name: string }[]>`
    select format('%I.%I', schemaname, tablename) as name from pg_tables
    where schemaname = 'public' order by 1`;
  const found = new Map<string, string>();
  for (const { name } of tables) {
    const [row] = await sql.unsafe(
      `select count(*) || ' ' || coalesce(sum(hashtextextended(t::text, 0)), 0) as digest from ${name} t`,
    );
    found.set(name, String(row?.digest));
  }
  return found;
}

export function changedTables(before: Digests, after: Digests): string[] {
  return [...after].filter(([name, digest]) => before.get(name) !== digest).map(([name]) => name);
}
