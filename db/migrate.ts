import { setTimeout as pause } from "node:timers/promises";
import { runMigrations } from "graphile-worker";
import type { Sql } from "postgres";
import { applyMigration, keepDone, type Patience, patience } from "./apply-migration.ts";
import { connect } from "./client.ts";
import { isPooled } from "./find-pooler.ts";
import { grantSiteRole } from "./grant-site-role.ts";
import { locks } from "./locks.ts";
import { type Migration, readMigrations } from "./read-migrations.ts";
import { foreign, placeOf, readStand, requireUsable, SchemaError } from "./schema-stand.ts";

type Options = Partial<Patience> & {
  /** Told what takes long, and what an operator should know. */
  say?: (line: string) => void;
  /** Those of this release, unless a test has its own. */
  migrations?: Migration[];
};

/**
 * Brings the schema and the job queue's own schema up to date; safe to run from many processes. A
 * role that owns nothing, as that of site and worker, can only see that someone else has done it.
 * On the schema of a newer release nothing is changed.
 * @param ownerUrl whoever owns the tables
 * @param siteUrl the same database for site and worker; another role there gets what it needs
 * @throws SchemaError when this release cannot run on it, and the role may not change that; when a
 *   pooler stands before the database, and nobody's session would hold the lock
 */
export async function migrateDatabase(
  ownerUrl: string,
  siteUrl = ownerUrl,
  options: Options = {},
): Promise<void> {
  const { say = () => {}, migrations = readMigrations() } = options;
  const { sql } = connect(ownerUrl, { max: 2, lasting: true });
  try {
    if (!(await mayMigrate(sql))) return await requireSchema(sql, { say, migrations });
    if (await isPooled(sql)) throw new SchemaError(pastThePooler);
    const session = await sql.reserve();
    try {
      await takeTurn(session, say);
      const how = { ...patience, ...options, say, place: placeOf(sql) };
      if (!(await applyMissing(session, migrations, how))) return;
      await runMigrations({ connectionString: ownerUrl });
      const [owner, site] = [await roleOf(ownerUrl), await roleOf(siteUrl)];
      if (site !== owner) await grantSiteRole(site, sql);
    } finally {
      // The lock lives as long as its session, so a killed process lets it go.
      await session`select pg_advisory_unlock(${locks.migration})`.catch(() => undefined);
      session.release();
    }
  } finally {
    await sql.end();
  }
}

const pastThePooler =
  "Migrations need a session of their own, and a pooler such as PgBouncer stands before this database." +
  " Set MIGRATION_DATABASE_URL to the address of Postgres itself, for the owner of the tables.";

/** @throws SchemaError when this release cannot run on the schema as it is */
export async function requireSchema(
  sql: Sql,
  { say = () => {}, migrations = readMigrations() }: Options = {},
): Promise<void> {
  const hashes = migrations.map(({ hash }) => hash);
  const stand = await readStand(sql, hashes, placeOf(sql));
  const note = requireUsable(stand, migrations.length);
  if (note) say(note);
}

/** The hashes of this release's migrations, in order. */
export function releaseMigrations(): string[] {
  return readMigrations().map(({ hash }) => hash);
}

/**
 * Makes the schema as it was after the first migrations, in the transaction that is open on an empty
 * database. Nobody is held up there, so an index needs not be made concurrently.
 */
export async function migrateOnly(
  count: number,
  sql: Sql,
  migrations: Migration[] = readMigrations(),
): Promise<void> {
  await makeOwnTable(sql);
  for (const migration of migrations.slice(0, count)) {
    for (const statement of migration.statements) {
      await sql.unsafe(
        migration.outside ? statement.replace(/\bindex\s+concurrently\b/i, "index") : statement,
      );
    }
    await keepDone(migration, sql);
  }
}

/** Looked at again and again: who waits inside Postgres would hold up an index that is being made. */
async function takeTurn(session: Sql, say: (line: string) => void): Promise<void> {
  for (let told = false; ; told = true) {
    const [row] = await session<{ ours: boolean }[]>`
      select pg_try_advisory_lock(${locks.migration}) as ours`;
    if (row?.ours) return;
    if (!told) say("Another process brings the database up to date; waiting for it.");
    await pause(100);
  }
}

/** @returns false on the schema of a newer release, which stays as it is */
async function applyMissing(
  session: Sql,
  migrations: Migration[],
  how: Patience & { say: (line: string) => void; place: string },
): Promise<boolean> {
  const hashes = migrations.map(({ hash }) => hash);
  const stand = await readStand(session, hashes, how.place);
  if (stand.kind === "other") throw new SchemaError(foreign(stand));
  if (stand.kind === "newer") {
    how.say(requireUsable(stand, migrations.length) ?? "");
    return false;
  }
  try {
    await makeOwnTable(session);
    for (const migration of migrations.slice(stand.done)) {
      await applyMigration(migration, session, how);
    }
  } catch (error) {
    if (!(error instanceof Error) || !("code" in error) || error.code !== "42501") throw error;
    throw new SchemaError(
      `The role may not make tables in the database ${stand.place}.\n` +
        "  Let it own the database: alter database parasol owner to ROLE; or set MIGRATION_DATABASE_URL\n" +
        "  to the role that does.",
    );
  }
  return true;
}

/** As Drizzle's own migrator makes it. */
async function makeOwnTable(sql: Sql): Promise<void> {
  await sql.unsafe(`create schema if not exists drizzle;
    create table if not exists drizzle.__drizzle_migrations
      (id serial primary key, hash text not null, created_at bigint)`);
}

/** Whoever owns our tables may; while there are none, whoever may make them. */
async function mayMigrate(sql: Sql): Promise<boolean> {
  const [row] = await sql<{ may: boolean }[]>`
    select coalesce(
      (select pg_has_role(current_user, relowner, 'member')
        from pg_class where oid = to_regclass('public.audit_events')),
      has_database_privilege(current_database(), 'create')) as may`;
  return row?.may ?? true;
}

/** Asked, not read from the address: that may leave the name to the machine. */
async function roleOf(databaseUrl: string): Promise<string> {
  const { sql } = connect(databaseUrl, { max: 1 });
  try {
    const [row] = await sql<{ role: string }[]>`select current_user as role`;
    if (!row) throw new Error("Postgres does not say who we are");
    return row.role;
  } finally {
    await sql.end();
  }
}
