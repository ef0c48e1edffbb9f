import { setTimeout as pause } from "node:timers/promises";
import postgres from "postgres";
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

/** The same for a Meilisearch, and whether it takes our key. */
export function waitForMeilisearch(
  url: string,
  key: string | undefined,
  wait: Wait,
): Promise<void> {
  const hint = "Start it, or correct MEILI_URL; unset it to use the embedded one.";
  return waitFor("Meilisearch", "MEILI_URL", url, hint, wait, () => askSearch(url, key));
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
      const fault = settingFault(part, variable, url, error);
      if (fault) throw fault;
      if (error instanceof Error && error.name === "SetupError") throw error;
      // Host and port alone: the address may hold a password.
      say(`${part} at ${new URL(url).host}: ${reasonOf(error)}.\n${hint}\nNext try in ${wait} s.`);
    }
    await pause(wait * 1_000, undefined, { signal });
  }
}
