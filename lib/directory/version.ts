import { directoryVersion } from "#db/schema/directory.ts";
import { askTruth, primaryTruth, type Truth } from "#lib/circuits/truth.ts";
import { todayUtc } from "#lib/vetting/rules.ts";

let next: Promise<string> | null = null;

/**
 * What everything a reader sees stands on: the directory's version in Postgres, and the day.
 * Askers that come while a question is on its way share the *next* one, never the one already
 * sent: so no answer is older than the asking, and many readers cost one small query.
 * @throws UnavailableError when Postgres does not answer
 */
export function directoryStamp(truth: Truth = primaryTruth()): Promise<string> {
  next ??= ask(truth);
  return next;
}

let running: Promise<unknown> = Promise.resolve();

async function ask(truth: Truth): Promise<string> {
  await running.catch(() => undefined);
  // From here on the question is on its way, so whoever comes now waits for the next.
  next = null;
  const answer = askTruth(
    (db) => db.select({ version: directoryVersion.version }).from(directoryVersion),
    truth,
  );
  running = answer;
  const [row] = await answer;
  return `${row?.version ?? 0} ${todayUtc()}`;
}
