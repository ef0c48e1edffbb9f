import { and, inArray, lt } from "drizzle-orm";
import { type Db, primary } from "#db/client.ts";
import { photos } from "#db/schema/profiles.ts";
import { appendEvent } from "#lib/audit/append-event.ts";
import { openStore } from "#lib/storage/open-store.ts";
import type { Store } from "#lib/storage/store.ts";
import { sweepStrays } from "#lib/storage/sweep-strays.ts";
import { isUnused } from "./drop-unused-photos.ts";

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * Deletes photos that nothing shows any more, and files that belong to no photo. Those younger than
 * a day are left alone, since they may be on their way. @returns how many files there were
 */
export async function sweepStrayPhotos(
  now: Date = new Date(),
  db: Db = primary(),
  store: Store = openStore(),
): Promise<number> {
  await forgetUnused(new Date(now.getTime() - DAY_MS), db);
  const neededOf = async (refs: string[]) => {
    const ids = [...new Set(refs.map(idOf))];
    const rows = await db.select({ id: photos.id }).from(photos).where(inArray(photos.id, ids));
    const known = new Set(rows.map(({ id }) => id));
    return new Set(refs.filter((ref) => known.has(idOf(ref))));
  };
  return sweepStrays("photos/", neededOf, now, store);
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
