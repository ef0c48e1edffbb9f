import { drizzle, type PostgresJsDatabase } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import { schema } from "./schema/all.ts";
import { withoutPipelining } from "./without-pipelining.ts";

/** A database or a transaction of it: commands and queries take either. */
export type Db = Pick<
  PostgresJsDatabase<typeof schema>,
  | "$count"
  | "select"
  | "selectDistinct"
  | "insert"
  | "update"
  | "delete"
  | "execute"
  | "transaction"
>;

export type Connection = { sql: postgres.Sql; db: PostgresJsDatabase<typeof schema> };

/**
 * Opens a bounded pool. Nothing is sent before the first query. Whoever comes while all connections
 * are busy waits; readers' pages by their circuit's patience (docs/decisions/0032).
 * Notices and parameters are never logged: a reader's words could be in them.
 * @param options `max`: `DATABASE_POOL` when left out; `lasting`: no connection is renewed, for one
 *   transaction that takes hours
 */
export function connect(
  databaseUrl: string,
  options: { max?: number; lasting?: boolean } = {},
): Connection {
  const sql = postgres(databaseUrl, {
    max: options.max ?? poolSize(),
    // A pooler that hands out a connection for one transaction loses what was prepared on it.
    prepare: !sharesSessions(),
    connect_timeout: 5,
    // Left to itself it waits up to 20 s before it tries again, and whoever asks waits with it.
    backoff: () => 0.1,
    ...(options.lasting && { max_lifetime: null }),
    onnotice: () => {},
    connection: { application_name: "parasol" },
  });
  if (sharesSessions()) withoutPipelining(sql);
  return { sql, db: drizzle(sql, { schema, casing: "snake_case" }) };
}

/** Connections of one process to one database at most. */
function poolSize(): number {
  return Number(process.env.DATABASE_POOL || 10);
}

/** Whether a pooler gives each transaction whichever connection is free: no session is ours. */
export function sharesSessions(): boolean {
  return process.env.DATABASE_POOLER === "transaction";
}

const shared = globalThis as { parasolPrimary?: Connection };

/** The process's one pool to `DATABASE_URL`, shared by the server and the bundled pages. */
export function primary(): Db {
  return primaryConnection().db;
}

export function primaryConnection(): Connection {
  const url = process.env.DATABASE_URL;
  if (!url) throw new Error("DATABASE_URL is not set");
  shared.parasolPrimary ??= connect(url);
  return shared.parasolPrimary;
}
