import { fileURLToPath } from "node:url";
import { migrate } from "drizzle-orm/postgres-js/migrator";
import { runMigrations } from "graphile-worker";
import { connect } from "./client.ts";

const migrationsFolder = fileURLToPath(new URL("./migrations", import.meta.url));
/** Any number will do, as long as it stays: it is what two starting processes agree on. */
const MIGRATION_LOCK = 7267_1967;

/** Brings the schema and the job queue's own schema up to date; safe to run from many processes. */
export async function migrateDatabase(databaseUrl: string): Promise<void> {
  const { sql, db } = connect(databaseUrl, { max: 2 });
  try {
    // The lock lives as long as its session, so a killed process lets it go.
    const session = await sql.reserve();
    try {
      await session`select pg_advisory_lock(${MIGRATION_LOCK})`;
      await migrate(db, { migrationsFolder });
      await runMigrations({ connectionString: databaseUrl });
      await session`select pg_advisory_unlock(${MIGRATION_LOCK})`;
    } finally {
      session.release();
    }
  } finally {
    await sql.end();
  }
}
