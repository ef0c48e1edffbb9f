import type { Sql } from "postgres";

/**
 * What may stand between us and Postgres. `session`: a pooler that gives each client a connection for
 * as long as it stays; `transaction`: one that gives it any, for one transaction.
 */
export const poolers = ["none", "session", "transaction"] as const;

/**
 * Whether a pooler stands between us and Postgres: it gives each client a number of its own, and
 * Postgres says that of the session. One that hands the number through is not noticed.
 */
export async function isPooled(sql: Sql): Promise<boolean> {
  const rows = await sql<{ pid: number }[]>`select pg_backend_pid() as pid`;
  return rows[0] !== undefined && rows.state?.pid !== rows[0].pid;
}
