import type { Db } from "#db/client.ts";
import { type Line, primaryTruth, type Truth } from "#lib/circuits/truth.ts";
import { unavailablePart } from "#lib/errors.ts";
import { lastHeard } from "./last-heard.ts";
import { hasWhatWasHeard, isAsNewAs, readStanding, type Standing } from "./replica-standing.ts";
import { isTooSlow } from "./too-slow.ts";
import { directoryStamp } from "./version.ts";

/**
 * @param db a snapshot of a replica, read-only, or the primary
 * @param hidden whom nobody may see whatever `db` says; empty while the primary answers
 */
export type Question<T> = (db: Db, hidden: ReadonlySet<string>) => Promise<T>;

/** `asOf` is set when the primary is away: then this is at least as new as it was at that time. */
export type Answer<T> = { given: T; asOf: Date | null };

export type Asking = {
  /** What the directory stands at, if that was read since the reader asked; null asks now. */
  stamp: string | null;
  /** For what may take longer than a reader's page mostly does. */
  patienceMs?: number;
};

const nobody: ReadonlySet<string> = new Set();

/**
 * Asks what a reader's page shows: a replica that is at least as new as the stamp, else the primary,
 * and while that is away a replica that has what was last heard (docs/decisions/0032).
 * @throws UnavailableError when nobody answers, or nobody knows who was hidden lately
 */
export async function askForReader<T>(
  question: Question<T>,
  { stamp: given, patienceMs }: Asking,
  truth: Truth = primaryTruth(),
): Promise<Answer<T>> {
  const askPrimary = () => truth.circuit.run(() => question(truth.db, nobody), patienceMs);
  if (truth.replicas.length === 0) return { given: await askPrimary(), asOf: null };
  try {
    const stamp = given ?? (await directoryStamp(truth));
    const copied = await askOne(
      inTurn(truth.replicas),
      (standing) => isAsNewAs(stamp, standing),
      (db) => question(db, nobody),
      patienceMs,
    );
    return { given: copied ? copied.given : await askPrimary(), asOf: null };
  } catch (error) {
    if (unavailablePart(error) !== "postgres") throw error;
    const answer = await askWithoutPrimary(question, truth, patienceMs);
    if (answer === null) throw error;
    return answer;
  }
}

/**
 * The same when the primary is known to be away. Null when no replica can answer either, or nobody
 * knows who was hidden lately.
 */
export async function askWithoutPrimary<T>(
  question: Question<T>,
  { replicas }: Truth,
  patienceMs?: number,
): Promise<Answer<T> | null> {
  const heard = lastHeard();
  if (heard === null) return null;
  for (const replica of replicas) {
    const copied = await askOne(
      replica,
      (standing) => hasWhatWasHeard(heard.stamp, standing),
      (db) => question(db, heard.hidden),
      patienceMs,
    );
    if (copied) return { given: copied.given, asOf: heard.at };
  }
  return null;
}

let turn = 0;

/** One after the other, leaving out those that are known to be away. */
function inTurn(replicas: readonly Line[]): Line | undefined {
  turn = (turn + 1) % Number.MAX_SAFE_INTEGER;
  const from = turn % replicas.length;
  return [...replicas.slice(from), ...replicas.slice(0, from)].find(({ circuit }) =>
    circuit.isClosed(),
  );
}

/**
 * Asks one replica for a snapshot, and that for an answer if it is new enough.
 * @returns null when it is not, or something went wrong with it: whoever comes next is asked
 */
async function askOne<T>(
  replica: Line | undefined,
  fits: (standing: Standing) => boolean,
  ask: (db: Db) => Promise<T>,
  patienceMs?: number,
): Promise<{ given: T } | null> {
  if (!replica?.circuit.isClosed()) return null;
  const { db, circuit } = replica;
  const look = Promise.withResolvers<boolean>();
  const whole = db.transaction(
    async (tx) => {
      const isFit = fits(await readStanding(tx));
      look.resolve(isFit);
      return isFit ? { given: await ask(tx) } : null;
    },
    { isolationLevel: "repeatable read", accessMode: "read only" },
  );
  whole.catch(look.reject);
  try {
    // A small question first, which need not be waited for as long as the rest.
    if (!(await circuit.run(() => look.promise))) return null;
    return await circuit.run(() => whole, patienceMs);
  } catch (error) {
    if (isTooSlow(error)) throw error;
    // Away, a table that has not come yet, a snapshot that was taken back: the primary will know.
    return null;
  }
}
