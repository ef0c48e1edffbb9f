import postgres from "postgres";
import { inject } from "vitest";

/** Has something done in the maintenance database, from which those of the tests are made. */
export async function asAdmin(run: (sql: postgres.Sql) => PromiseLike<unknown>): Promise<void> {
  const sql = postgres(inject("adminUrl"), { max: 1, onnotice: () => {} });
  try {
    await run(sql);
  } finally {
    await sql.end();
  }
}
