import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { readMigrationFiles } from "drizzle-orm/migrator";
import { migrate } from "drizzle-orm/postgres-js/migrator";
import { runMigrations } from "graphile-worker";
import type { Sql } from "postgres";
import { connect } from "./client.ts";
import { isPooled } from "./find-pooler.ts";
import { grantSiteRole } from "./grant-site-role.ts";
import { locks } from "./locks.ts";

const migrationsFolder = fileURLToPath(new URL("./migrations", import.meta.url));

/**
 * Brings the schema and the job queue's own schema up to date; safe to run from many processes. A
 * role that owns nothing, as that of site and worker, can only see that someone else has done it.
 * @param ownerUrl whoever owns the tables
 * @param siteUrl the same database for site and worker; another role there gets what it needs
 * @throws when the schema is older than this release, and the role may not change it; when a pooler
 *   stands before the database, and nobody's session would hold the lock
 */
export async function migrateDatabase(ownerUrl: string, siteUrl = ownerUrl): Promise<void> {
  const { sql, db } = connect(ownerUrl, { max: 2 });
  try {
    if (!(await isOwner(sql))) return await requireCurrent(sql);
    if (await isPooled(sql)) throw new Error(pastThePooler);
    // The lock lives as long as its session, so a killed process lets it go.
    const session = await sql.reserve();
    try {
      await session`select pg_advisory_lock(${locks.migration})`;
      await migrate(db, { migrationsFolder });
      await runMigrations({ connectionString: ownerUrl });
      const [owner, site] = [await roleOf(ownerUrl), await roleOf(siteUrl)];
      if (site !== owner) await grantSiteRole(site, sql);
      await session`select pg_advisory_unlock(${locks.migration})`;
    } finally {
      session.release();
    }
  } finally {
    await sql.end();
  }
}

const pastThePooler =
  "Migrations need a session of their own, and a pooler such as PgBouncer stands before this database." +
  " Set MIGRATION_DATABASE_URL to the address of Postgres itself, for the owner of the tables.";

/** The hashes of this release's migrations, in order. */
export function releaseMigrations(): string[] {
  return readMigrationFiles({ migrationsFolder }).map(({ hash }) => hash);
}

/**
 * Makes the schema as it was after the first migrations, in the transaction that is open on an empty
 * database: what Drizzle does, which always goes on to the newest.
 */
export async function migrateOnly(count: number, sql: Sql): Promise<void> {
  await sql.unsafe(`create schema drizzle;
    create table drizzle.__drizzle_migrations
      (id serial primary key, hash text not null, created_at bigint)`);
  for (const migration of readMigrationFiles({ migrationsFolder }).slice(0, count)) {
    for (const statement of migration.sql) await sql.unsafe(statement);
    await sql`insert into drizzle.__drizzle_migrations (hash, created_at)
      values (${migration.hash}, ${migration.folderMillis})`;
  }
}

/** Of a database without our tables as well: whoever comes first makes them. */
async function isOwner(sql: Sql): Promise<boolean> {
  const [row] = await sql<{ owns: boolean }[]>`
    select coalesce(bool_and(pg_has_role(current_user, relowner, 'member')), true) as owns
    from pg_class where oid = to_regclass('public.audit_events')`;
  return row?.owns ?? true;
}

async function requireCurrent(sql: Sql): Promise<void> {
  const { entries } = JSON.parse(
    readFileSync(`${migrationsFolder}/meta/_journal.json`, "utf8"),
  ) as { entries: unknown[] };
  const [row] = await sql<{ done: number }[]>`
    select count(*)::integer as done from drizzle.__drizzle_migrations`;
  if ((row?.done ?? 0) >= entries.length) return;
  throw new Error(
    "The database schema is older than this release, and the role of DATABASE_URL may not change it." +
      " Set MIGRATION_DATABASE_URL to the owner of the tables, and start again.",
  );
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
