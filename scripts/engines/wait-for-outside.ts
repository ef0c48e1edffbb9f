import { setTimeout as pause } from "node:timers/promises";
import postgres from "postgres";
import { SetupError } from "#lib/errors.ts";

interface Wait {
  say: (line: string) => void;
  signal: AbortSignal;
  /** What waiting does not help against, and is thrown; by itself nothing. */
  isFinal?: (error: unknown) => boolean;
}

/** Waits as long as it takes for a Postgres that someone else runs; says so each time. */
export function waitForPostgres(url: string, wait: Wait): Promise<void> {
  const hint = "Start it, or correct DATABASE_URL; unset it to use the embedded one.";
  return waitFor("Postgres", url, hint, wait, async () => {
    const sql = postgres(url, { max: 1, connect_timeout: 5, onnotice: () => {} });
    try {
      await sql`select 1`;
    } finally {
      await sql.end({ timeout: 1 });
    }
  });
}

/** The same for a Meilisearch. */
export function waitForMeilisearch(url: string, wait: Wait): Promise<void> {
  const hint = "Start it, or correct MEILI_URL; unset it to use the embedded one.";
  return waitFor("Meilisearch", url, hint, wait, async () => {
    const answer = await fetch(new URL("/health", url), { signal: AbortSignal.timeout(5_000) });
    await answer.body?.cancel();
    if (!answer.ok) throw new Error(`it answers ${answer.status}`);
  });
}

async function waitFor(
  part: string,
  url: string,
  hint: string,
  { say, signal, isFinal = () => false }: Wait,
  probe: () => Promise<void>,
): Promise<void> {
  for (let wait = 1; ; wait = Math.min(30, wait * 2)) {
    signal.throwIfAborted();
    try {
      return await probe();
    } catch (error) {
      // Host and port alone: the address may hold a password.
      const words = `${part} at ${new URL(url).host}: ${reasonOf(error)}.\n${hint}`;
      if (isFinal(error)) throw new SetupError(words);
      say(`${words}\nNext try in ${wait} s.`);
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
