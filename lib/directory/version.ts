import { primaryConnection } from "#db/client.ts";
import { todayUtc } from "#lib/vetting/rules.ts";

let next: Promise<string> | null = null;

/**
 * What everything a reader sees stands on: the directory's version in Postgres, and the day.
 * Askers that come while a question is on its way share the *next* one, never the one already
 * sent: so no answer is older than the asking, and many readers cost one small query.
 */
export function directoryStamp(): Promise<string> {
  next ??= ask();
  return next;
}

let running: Promise<unknown> = Promise.resolve();

async function ask(): Promise<string> {
  await running.catch(() => undefined);
  // From here on the question is on its way, so whoever comes now waits for the next.
  next = null;
  const answer = primaryConnection().sql<{ version: string }[]>`
    select version from directory_version`;
  running = answer;
  const [row] = await answer;
  return `${row?.version ?? "0"} ${todayUtc()}`;
}
