import { eq } from "drizzle-orm";
import type { Db } from "#db/client.ts";
import { earlierKeys } from "#db/schema/keys.ts";
import { appendEvent } from "#lib/audit/append-event.ts";
import { earlierKeyContext, listHashKeys } from "#lib/sealing/kept-hash.ts";
import { masterKeys } from "#lib/sealing/master-keys.ts";
import { sealWith } from "#lib/sealing/seal.ts";
import { changeTexts, textsOf } from "./change-texts.ts";
import { RotateError, type Stand, sumOf } from "./rules.ts";
import { type KeyChange, type Turn, turnsOf } from "./turns.ts";

type Means = {
  /** Texts in one transaction. */
  atOnce?: number;
  /** Told after each place how much of it was changed. */
  say?: (place: string, changed: number) => void;
  signal?: AbortSignal;
};

export type Rotated = { changed: number; stands: Stand[] };

/** Rows that somebody was at work on are taken in the next round. */
const ROUNDS = 5;

/**
 * Brings everything in the database under the master key of today, while the site runs; it can be
 * stopped at any moment and called again. Bytes in the store stay as they are: their keys are here.
 * @returns how everything stands afterwards: where nothing is left, the key before is not needed
 * @throws RotateError before anything is changed
 */
export async function rotateKey(means: Means, db: Db): Promise<Rotated> {
  const change = await requireChange(db);
  const turns = turnsOf(change, await listHashKeys(db));
  await refuseWrongKey(change, await survey(turns, means, db), db);
  await noteEarlierKey(change, db);
  let changed = 0;
  let stands: Stand[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const turn of turns) changed += await takeTurn(turn, means, db);
    stands = await survey(turns, means, db);
    if (sumOf(stands, "left") === 0) break;
  }
  if (changed > 0) await noteRotation(change, { changed, stands }, db);
  return { changed, stands };
}

async function requireChange(db: Db): Promise<KeyChange> {
  const { sealing, next, before } = masterKeys();
  if (next) throw new RotateError("next-does-not-seal");
  if (!before) throw new RotateError("not-changing");
  // Its hashes were hashed again since: nobody could tell them from those of today.
  if (await wasUsed(sealing.mark, db)) throw new RotateError("used-before");
  return { to: sealing, before };
}

async function wasUsed(mark: string, db: Db): Promise<boolean> {
  return (await db.$count(earlierKeys, eq(earlierKeys.mark, mark))) > 0;
}

/** A key that was taken over before is the right one, whatever else does not open. */
async function refuseWrongKey({ before }: KeyChange, stands: Stand[], db: Db): Promise<void> {
  const closed = stands.filter((stand) => stand.closed > 0);
  // An unmarked hash says nothing of its key.
  const opens = stands.some(({ sealed, left }) => sealed && left > 0);
  if (closed.length === 0 || opens || (await wasUsed(before.mark, db))) return;
  throw new RotateError("wrong-key-before", closed);
}

/** Before the first hash is hashed again: without this key nobody would find it any more. */
async function noteEarlierKey({ to, before }: KeyChange, db: Db): Promise<void> {
  await db.transaction(async (tx) => {
    const { mark } = before;
    const sealedKey = sealWith(to, before.secret.toString("base64url"), earlierKeyContext(mark));
    const noted = await tx
      .insert(earlierKeys)
      .values({ mark, sealedKey })
      .onConflictDoNothing()
      .returning({ mark: earlierKeys.mark });
    if (noted.length === 0) return;
    const subject = { kind: "master-key", id: to.mark };
    await appendEvent({ actorId: null, verb: "keys.begin-rotation", subject }, tx);
  });
}

async function noteRotation({ to }: KeyChange, { changed, stands }: Rotated, db: Db) {
  const details = { changed, left: sumOf(stands, "left"), closed: sumOf(stands, "closed") };
  const subject = { kind: "master-key", id: to.mark };
  await appendEvent({ actorId: null, verb: "keys.rotate", subject, details }, db);
}

async function survey(turns: Turn[], { atOnce = 500, signal }: Means, db: Db): Promise<Stand[]> {
  const stands: Stand[] = [];
  for (const { place, sealed, look } of turns) {
    const stand = { place: place.name, sealed, done: 0, left: 0, closed: 0 };
    for await (const texts of textsOf(place, atOnce, db)) {
      signal?.throwIfAborted();
      for (const text of texts) {
        const verdict = look(text);
        stand[verdict === null ? "done" : verdict === "closed" ? "closed" : "left"] += 1;
      }
    }
    stands.push(stand);
  }
  return stands;
}

/** @returns how many texts were changed */
async function takeTurn(
  { place, look }: Turn,
  { atOnce = 500, say, signal }: Means,
  db: Db,
): Promise<number> {
  let changed = 0;
  for await (const texts of textsOf(place, atOnce, db)) {
    signal?.throwIfAborted();
    const changes = texts.flatMap(({ key, of, text: was }) => {
      const verdict = look({ key, of, text: was });
      return verdict === null || verdict === "closed" ? [] : [{ key, was, ...verdict }];
    });
    changed += await changeTexts(place, changes, db);
  }
  if (changed > 0) say?.(place.name, changed);
  return changed;
}
