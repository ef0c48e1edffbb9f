import { isDeepStrictEqual } from "node:util";
import type { Db } from "#db/client.ts";
import { playbooks } from "#db/schema/playbooks.ts";
import { appendEvent } from "#lib/audit/append-event.ts";
import { latest } from "./queries.ts";
import { type ShippedPlaybook, shippedPlaybooks } from "./shipped-playbooks.ts";

/**
 * Brings the shipped playbooks into the database: the first version where there is none, and a new
 * one where the shipped text has changed and no lead has ever edited it. Deletes nothing.
 */
export async function loadPlaybooks(
  db: Db,
  shipped: readonly ShippedPlaybook[] = shippedPlaybooks(),
): Promise<void> {
  await db.transaction(async (tx) => {
    const known = new Map((await newest(tx)).map((row) => [row.id, row]));
    const fresh = shipped.flatMap(({ id, content }) => {
      const before = known.get(id);
      if (before && (before.editedBy || isDeepStrictEqual(before.content, content))) return [];
      return [{ id, content, version: (before?.version ?? 0) + 1 }];
    });
    if (fresh.length === 0) return;
    // Two processes may start at the same moment, with the same texts.
    const added = await tx.insert(playbooks).values(fresh).onConflictDoNothing().returning();
    if (added.length === 0) return;
    const subject = { kind: "playbook", id: "shipped" };
    const details = { added: added.length };
    await appendEvent({ actorId: null, verb: "playbook.load", subject, details }, tx);
  });
}

/** An edit stays the newest version: nothing shipped ever comes after it. */
function newest(db: Db) {
  const { id, version, content, editedBy } = playbooks;
  return db.select({ id, version, content, editedBy }).from(playbooks).where(latest());
}
