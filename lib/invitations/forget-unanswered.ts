import { and, eq, inArray, isNull, lt } from "drizzle-orm";
import { type Db, primary } from "#db/client.ts";
import { people } from "#db/schema/accounts.ts";
import { invitations } from "#db/schema/mails.ts";
import { appendEvent } from "#lib/audit/append-event.ts";
import { unansweredDays } from "./rules.ts";

const DAY_MS = 24 * 60 * 60 * 1000;
const AT_ONCE = 200;

/**
 * Deletes whoever was invited and has said neither yes nor no for so long, with all that was
 * entered about them. @returns how many
 */
export async function forgetUnanswered(now: Date, db: Db = primary()): Promise<number> {
  const before = new Date(now.getTime() - unansweredDays * DAY_MS);
  let forgotten = 0;
  for (;;) {
    const some = await forgetSome(before, db);
    forgotten += some;
    if (some < AT_ONCE) return forgotten;
  }
}

async function forgetSome(before: Date, db: Db): Promise<number> {
  return db.transaction(async (tx) => {
    const silent = await tx
      .select({ id: people.id })
      .from(people)
      .innerJoin(invitations, eq(invitations.personId, people.id))
      .where(
        and(
          isNull(invitations.acceptedAt),
          isNull(people.emailVerified),
          lt(invitations.createdAt, before),
        ),
      )
      .limit(AT_ONCE)
      .for("update", { of: people, skipLocked: true });
    const ids = silent.map(({ id }) => id);
    if (ids.length > 0) await tx.delete(people).where(inArray(people.id, ids));
    for (const id of ids) {
      const subject = { kind: "person", id };
      await appendEvent({ actorId: null, verb: "invitation.forget", subject }, tx);
    }
    return ids.length;
  });
}
