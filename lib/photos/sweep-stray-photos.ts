import { and, inArray, lt } from "drizzle-orm";
import { type Db, primary } from "#db/client.ts";
import { photos } from "#db/schema/profiles.ts";
import { appendEvent } from "#lib/audit/append-event.ts";
import { openStore } from "#lib/storage/open-store.ts";
import type { Store } from "#lib/storage/store.ts";
import { isUnused } from "./drop-unused-photos.ts";

const DAY_MS = 24 * 60 * 60 * 1000;
const AT_ONCE = 500;

/**
 * Deletes photos that nothing shows any more, and files that belong to no photo. Those younger than
 * a day are left alone, since they may be on their way. @returns how many files there were
 */
export async function sweepStrayPhotos(
  now: Date = new Date(),
  db: Db = primary(),
  store: Store = openStore(),
): Promise<number> {
  const dayAgo = new Date(now.getTime() - DAY_MS);
  await forgetUnused(dayAgo, db);
  const old = (await store.list("photos/")).filter(({ storedAt }) => storedAt < dayAgo);
  let swept = 0;
  for (let from = 0; from < old.length; from += AT_ONCE) {
    const refs = old.slice(from, from + AT_ONCE).map(({ ref }) => ref);
    const ids = [...new Set(refs.map(idOf))];
    const rows = await db.select({ id: photos.id }).from(photos).where(inArray(photos.id, ids));
    const known = new Set(rows.map(({ id }) => id));
    for (const ref of refs) {
      if (known.has(idOf(ref))) continue;
      await store.delete(ref);
      swept += 1;
    }
  }
  return swept;
}

async function forgetUnused(before: Date, db: Db): Promise<void> {
  await db.transaction(async (tx) => {
    const dropped = await tx
      .delete(photos)
      .where(and(isUnused, lt(photos.createdAt, before)))
      .returning({ id: photos.id });
    for (const { id } of dropped) {
      const subject = { kind: "photo", id };
      await appendEvent({ actorId: null, verb: "photo.sweep", subject }, tx);
    }
  });
}

/** `photos/<id>/<file>` */
function idOf(ref: string): string {
  return ref.split("/")[1] ?? "";
}
