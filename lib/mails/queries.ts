import { and, asc, count, gt, isNull, ne, or, sql } from "drizzle-orm";
import { type Db, primary } from "#db/client.ts";
import { mails } from "#db/schema/mails.ts";
import type { Actor } from "#lib/auth/rules.ts";
import { requireMailKeeper } from "./access.ts";

const MOST_SHOWN = 200;

export type StuckMails = Awaited<ReturnType<typeof listStuckMails>>;

/**
 * Mails that did not go, oldest first, given-up ones before those that wait: their kind, age and
 * what went wrong, never whose they are. @throws NotFoundError for everyone but lead and moderators
 */
export async function listStuckMails(actor: Actor, db: Db = primary()) {
  requireMailKeeper(actor);
  const [shown, [all]] = await Promise.all([
    db
      .select({
        id: mails.id,
        kind: mails.kind,
        state: mails.state,
        lastError: mails.lastError,
        createdAt: mails.createdAt,
      })
      .from(mails)
      .where(stuck())
      .orderBy(sql`${mails.state} = 'waiting'`, asc(mails.createdAt))
      .limit(MOST_SHOWN),
    db.select({ total: count() }).from(mails).where(stuck()),
  ]);
  return { shown, total: all?.total ?? 0 };
}

/** The same rule as `isStuck`, for many at once. */
export function stuck() {
  return and(
    ne(mails.state, "sent"),
    or(isNull(mails.uselessAfter), gt(mails.uselessAfter, sql`now()`)),
  );
}
