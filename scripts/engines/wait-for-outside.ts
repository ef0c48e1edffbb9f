import { setTimeout as pause } from "node:timers/promises";
import postgres from "postgres";
import { searchClient } from "#lib/search/client.ts";
import type { SearchServer } from "#lib/search/servers.ts";

interface Wait {
  say: (line: string) => void;
  signal: AbortSignal;
}

/** Waits as long as it takes for a Postgres that someone else runs; says so each time. */
export function waitForPostgres(url: string, wait: Wait): Promise<void> {
  const hint = "Start it, or correct DATABASE_URL; unset it to use the embedded one.";
  // Host and port alone: the address may hold a password.
  return waitFor("Postgres", new URL(url).host, hint, wait, async () => {
    const sql = postgres(url, { max: 1, connect_timeout: 5, onnotice: () => {} });
    try {
      await sql`select 1`;
    } finally {
      await sql.end({ timeout: 1 });
    }
  });
}

/** The same for a Meilisearch: of several, for the first that answers; readers need no more. */
export async function waitForMeilisearch(
  servers: readonly SearchServer[],
  { say, signal }: Wait,
): Promise<void> {
  const hint = "Start it, or correct MEILI_URL; unset it to use the embedded one.";
  const found = new AbortController();
  const wait = { say, signal: AbortSignal.any([signal, found.signal]) };
  const waiting = servers.map((server) =>
    waitFor("Meilisearch", server.name, hint, wait, async () => {
      await searchClient(server).health();
    }),
  );
  try {
    await Promise.any(waiting);
  } catch {
    signal.throwIfAborted();
  } finally {
    found.abort();
  }
}

async function waitFor(
  part: string,
  where: string,
  hint: string,
  { say, signal }: Wait,
  probe: () => Promise<void>,
): Promise<void> {
  for (let wait = 1; ; wait = Math.min(30, wait * 2)) {
    signal.throwIfAborted();
    try {
      return await probe();
    } catch (error) {
      signal.throwIfAborted();
      say(`${part} at ${where}: ${reasonOf(error)}.\n${hint}\nNext try in ${wait} s.`);
    }
    await pause(wait * 1_000, undefined, { signal });
  }
}

/** Error codes where there are any: a driver's message may quote what it was given. */
function reasonOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  if (!(cause instanceof Error)) return "no answer";
  const code = "code" in cause ? String(cause.code) : "";
  const known: Record<string, string> = {
    ECONNREFUSED: "nothing listens there",
    ENOTFOUND: "the host name is unknown",
    CONNECT_TIMEOUT: "no answer in time",
    "28P01": "it refuses the password",
    "28000": "it refuses the user",
    "3D000": "that database does not exist",
  };
  return known[code] ?? (code || cause.message);
}
