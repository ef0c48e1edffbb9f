import { setTimeout as pause } from "node:timers/promises";
import postgres from "postgres";
import { SetupError } from "#lib/errors.ts";
import type { SearchServer } from "#lib/search/servers.ts";
import { reasonOf, settingFault } from "./outside-faults.ts";
import { askSearch } from "./outside-search.ts";

interface Wait {
  say: (line: string) => void;
  signal: AbortSignal;
}

/**
 * Waits as long as it takes for a Postgres that someone else runs; says so each time.
 * @throws SetupError for what no waiting mends, such as a wrong password
 */
export function waitForPostgres(url: string, wait: Wait, variable = "DATABASE_URL"): Promise<void> {
  const hint = `Start it, or correct ${variable}; unset it to use the embedded one.`;
  return waitFor("Postgres", variable, url, hint, wait, async () => {
    const sql = postgres(url, { max: 1, connect_timeout: 5, onnotice: () => {} });
    try {
      await sql`select 1`;
    } finally {
      await sql.end({ timeout: 1 });
    }
  });
}

/**
 * The same for a Meilisearch, and whether it takes our key: of several, for the first that answers;
 * readers need no more.
 */
export async function waitForMeilisearch(
  servers: readonly SearchServer[],
  { say, signal }: Wait,
): Promise<void> {
  const hint = "Start it, or correct MEILI_URL; unset it to use the embedded one.";
  const found = new AbortController();
  const wait = { say, signal: AbortSignal.any([signal, found.signal]) };
  const waiting = servers.map((server) =>
    waitFor("Meilisearch", "MEILI_URL", server.url, hint, wait, () => askSearch(server)),
  );
  try {
    await Promise.any(waiting);
  } catch (error) {
    signal.throwIfAborted();
    // None is waited for any more: each has something that somebody must correct.
    throw error instanceof AggregateError ? error.errors[0] : error;
  } finally {
    found.abort();
  }
}

async function waitFor(
  part: string,
  variable: string,
  url: string,
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
      const fault = settingFault(part, variable, url, error);
      if (fault) throw fault;
      if (error instanceof SetupError) throw error;
      // Host and port alone: the address may hold a password.
      say(`${part} at ${new URL(url).host}: ${reasonOf(error)}.\n${hint}\nNext try in ${wait} s.`);
    }
    await pause(wait * 1_000, undefined, { signal });
  }
}
