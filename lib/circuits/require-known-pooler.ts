import { connect } from "#db/client.ts";
import { isPooled } from "#db/find-pooler.ts";
import type { Config } from "#lib/config.ts";
import { SetupError, unavailablePart } from "#lib/errors.ts";

/**
 * Refuses to work through a pooler that nobody told us of: some readers would get an answer, and some
 * an error. A database that does not answer is asked nothing; it may come later.
 * @throws SetupError with what to set
 */
export async function requireKnownPooler({
  DATABASE_URL,
  DATABASE_POOLER,
}: Pick<Config, "DATABASE_URL" | "DATABASE_POOLER">): Promise<void> {
  if (!DATABASE_URL || DATABASE_POOLER !== "none") return;
  const { sql } = connect(DATABASE_URL, { max: 1 });
  try {
    if (!(await isPooled(sql))) return;
  } catch (error) {
    if (unavailablePart(error) === "postgres") return;
    throw error;
  } finally {
    await sql.end({ timeout: 1 });
  }
  throw new SetupError(
    "Between this process and Postgres stands a pooler, such as PgBouncer, and DATABASE_POOLER does not say which.\n" +
      "  With pool_mode = transaction (or statement, which cannot work): set DATABASE_POOLER=transaction\n" +
      "  With pool_mode = session: set DATABASE_POOLER=session\n" +
      "  Migrations go past it: MIGRATION_DATABASE_URL is the address of Postgres itself.",
  );
}
