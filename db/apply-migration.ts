import { setTimeout as pause } from "node:timers/promises";
import type { Sql } from "postgres";
import type { Migration } from "./read-migrations.ts";
import { raiseFloor, SchemaError } from "./schema-stand.ts";

export type Patience = {
  /** How long a statement waits for a lock: whoever comes after it waits as well. */
  lockMs: number;
  /** How often it is tried, with growing pauses between. */
  tries: number;
  /** The longest of those pauses. */
  pauseMs: number;
};

/** About five minutes altogether, of which readers and writers wait three seconds at a time. */
export const patience: Patience = { lockMs: 3_000, tries: 25, pauseMs: 10_000 };

const lockNotAvailable = "55P03";

/**
 * Applies one migration, and keeps in Drizzle's table that it was. In one transaction; or statement by
 * statement for what Postgres allows outside of one alone, which a second run completes.
 * @param sql one session, on which no transaction is open
 * @throws SchemaError when others held a lock for too long; nothing was changed then
 */
export async function applyMigration(
  migration: Migration,
  sql: Sql,
  { say, lockMs, tries, pauseMs }: Patience & { say: (line: string) => void },
): Promise<void> {
  if (migration.outside) return applyOutside(migration, sql, say);
  for (let tried = 1; ; tried += 1) {
    try {
      await sql.unsafe(`begin; set local lock_timeout = ${Math.trunc(lockMs)}`);
      for (const statement of migration.statements) await sql.unsafe(statement);
      await keepDone(migration, sql);
      await sql.unsafe("commit");
      return;
    } catch (error) {
      await sql.unsafe("rollback");
      if (codeOf(error) !== lockNotAvailable) throw error;
      const holders = await oldestTransactions(sql);
      if (tried >= tries) throw new SchemaError(heldUp(migration.tag, holders));
      const wait = Math.min(pauseMs, 500 * 2 ** tried);
      say(`${migration.tag} waits: others hold a lock that it needs. Nothing was changed.
${holders}
Tried again in ${wait / 1000} s.`);
      await pause(wait);
    }
  }
}

/** What a migration leaves in the table that Drizzle reads, and for releases before it. */
export async function keepDone({ hash, when, floor }: Migration, sql: Sql): Promise<void> {
  await sql`insert into drizzle.__drizzle_migrations (hash, created_at) values (${hash}, ${when})`;
  await raiseFloor(floor, sql);
}

/** These wait for others and hold up nobody, so they may take as long as they need. */
async function applyOutside(
  migration: Migration,
  sql: Sql,
  say: (line: string) => void,
): Promise<void> {
  say(`${migration.tag} can take minutes on a large table. Readers and writers go on meanwhile.`);
  for (const statement of migration.statements) {
    await dropCutIndex(statement, sql);
    await sql.unsafe(statement);
  }
  await keepDone(migration, sql);
}

const newIndex =
  /^\s*create\s+(?:unique\s+)?index\s+concurrently\s+if\s+not\s+exists\s+("?\w+"?)/im;

/** An index whose making was cut is there, costs, and serves nobody: it is made anew. */
async function dropCutIndex(statement: string, sql: Sql): Promise<void> {
  const [, name] = newIndex.exec(statement) ?? [];
  if (!name) return;
  const cut = await sql`
    select from pg_index where indexrelid = to_regclass(${name}) and not indisvalid`;
  if (cut.length > 0) await sql.unsafe(`drop index concurrently ${name}`);
}

/** Who has been at something for longest. Never what they ask: that may be a person's words. */
async function oldestTransactions(sql: Sql): Promise<string> {
  const rows = await sql<{ pid: number; name: string; seconds: number }[]>`
    select pid, coalesce(usename, '?') || ', ' || coalesce(nullif(application_name, ''), '?') as name,
      extract(epoch from now() - xact_start)::integer as seconds
    from pg_stat_activity
    where datname = current_database() and xact_start is not null and pid <> pg_backend_pid()
    order by xact_start limit 3`;
  const lines = rows.map(
    ({ pid, name, seconds }) => `  process ${pid} (${name}): a transaction of ${seconds} s`,
  );
  return lines.length > 0 ? lines.join("\n") : "  no transaction is open any more";
}

function heldUp(tag: string, holders: string): string {
  return (
    `The migration ${tag} was not applied: others held a lock that it needs all the time.\n${holders}\n` +
    "  Nothing was changed, and the release before runs on. Wait until they are done, or end one in\n" +
    "  Postgres: select pg_terminate_backend(PROCESS); then start again."
  );
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}
