import type { Sql } from "postgres";

/** Whether nobody made a table here yet, but for those of extensions. */
export async function isEmpty(sql: Sql): Promise<boolean> {
  const [row] = await sql<{ tables: number }[]>`
    select count(*)::integer as tables from pg_class c
    join pg_namespace n on n.oid = c.relnamespace
    where n.nspname in ('public', 'drizzle', 'graphile_worker') and c.relkind in ('r', 'p')
      and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e')`;
  return row?.tables === 0;
}

/**
 * Empties the tables, and takes away for now what would look at each row while others are missing:
 * references and our triggers. Superusers alone could switch references off.
 * @returns what brings them back; references are then checked, all rows at once
 */
export async function dropReferences(
  tables: readonly string[],
  sql: Sql,
): Promise<() => Promise<void>> {
  const references = await sql<{ table: string; name: string; definition: string }[]>`
    select c.relname as table, k.conname as name, pg_get_constraintdef(k.oid) as definition
    from pg_constraint k join pg_class c on c.oid = k.conrelid
    where k.contype = 'f' and c.relnamespace = 'public'::regnamespace order by 1, 2`;
  for (const { table, name } of references) {
    await sql.unsafe(`alter table "${table}" drop constraint "${name}"`);
  }
  for (const table of tables) {
    await sql.unsafe(`alter table "${table}" disable trigger user; truncate "${table}"`);
  }
  return async () => {
    for (const { table, name, definition } of references) {
      await sql.unsafe(`alter table "${table}" add constraint "${name}" ${definition}`);
    }
    for (const table of tables) await sql.unsafe(`alter table "${table}" enable trigger user`);
  };
}

export async function countRows(table: string, sql: Sql): Promise<number> {
  const [row] = await sql.unsafe<{ rows: string }[]>(`select count(*) as rows from "${table}"`);
  return Number(row?.rows);
}

/** The next number of each sequence is above all that are taken. */
export async function setSequences(sql: Sql): Promise<void> {
  const owned = await sql<{ sequence: string; table: string; column: string }[]>`
    select d.objid::regclass::text as sequence, d.refobjid::regclass::text as table,
      a.attname::text as column
    from pg_depend d join pg_class s on s.oid = d.objid and s.relkind = 'S'
    join pg_attribute a on a.attrelid = d.refobjid and a.attnum = d.refobjsubid
    where d.deptype in ('a', 'i') and s.relnamespace = 'public'::regnamespace`;
  for (const { sequence, table, column } of owned) {
    await sql.unsafe(`select setval('${sequence}', coalesce(max("${column}"), 0) + 1, false)
      from ${table}`);
  }
}
