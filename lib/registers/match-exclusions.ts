import { type Db, primary } from "#db/client.ts";
import { forEachOnItsOwn } from "#lib/availability/for-each.ts";
import { findPerson, listWatched } from "./load-people.ts";
import { proposeExclusions } from "./propose-exclusions.ts";

/**
 * Holds everyone whose listing is watched against the exclusion list as it was last read. What a
 * moderator has seen already comes up no second time, so only new rows and new names do.
 * @throws at the end, when it failed for some
 */
export async function matchExclusions(db: Db = primary()): Promise<void> {
  await forEachOnItsOwn(await listWatched(db), async (therapistId) => {
    const person = await findPerson(therapistId, db);
    if (person) await proposeExclusions(person, null, db);
  });
}
