import { and, eq, isNull, or, sql } from "drizzle-orm";
import { type Db, primary } from "#db/client.ts";
import { people } from "#db/schema/accounts.ts";
import { cases } from "#db/schema/cases.ts";
import { appendEvent } from "#lib/audit/append-event.ts";
import type { Actor } from "#lib/auth/rules.ts";
import { ConflictError, NotFoundError } from "#lib/errors.ts";
import { claimEnd, lockCase, lockClaimed, openTo } from "./access.ts";
import { caseWorkers } from "./rules.ts";

/**
 * Takes a case that nobody has, or whose claim has lapsed. Claiming one's own again makes the claim
 * last longer. @throws ConflictError `not-claimed` when someone else has it
 */
export async function claimCase(actor: Actor, caseId: string, db: Db = primary()): Promise<void> {
  await db.transaction(async (tx) => {
    await lockCase(actor, caseId, tx);
    const free = or(
      isNull(cases.claimedBy),
      eq(cases.claimedBy, actor.personId),
      sql`${cases.claimedUntil} <= now()`,
    );
    const [claimed] = await tx
      .update(cases)
      .set({ claimedBy: actor.personId, claimedUntil: claimEnd })
      .where(and(eq(cases.id, caseId), free))
      .returning({ id: cases.id });
    if (!claimed) throw new ConflictError("not-claimed");
    await note(actor, "case.claim", caseId, tx);
  });
}

/** Gives a claimed case back to the queue. */
export async function releaseCase(actor: Actor, caseId: string, db: Db = primary()): Promise<void> {
  await db.transaction(async (tx) => {
    await lockClaimed(actor, caseId, tx);
    await tx.update(cases).set(unclaimed).where(eq(cases.id, caseId));
    await note(actor, "case.release", caseId, tx);
  });
}

/**
 * Hands a claimed case to someone else who may have it.
 * @throws NotFoundError for someone without the role, with a conflict, or whose own case it is
 */
export async function handOverCase(
  actor: Actor,
  { caseId, toPersonId }: { caseId: string; toPersonId: string },
  db: Db = primary(),
): Promise<void> {
  await db.transaction(async (tx) => {
    await lockClaimed(actor, caseId, tx);
    const [next] = await tx
      .select({ personId: people.id, roles: people.roles })
      .from(people)
      .where(eq(people.id, toPersonId));
    if (!next) throw new NotFoundError();
    const roles = caseWorkers.filter((role) => next.roles.includes(role));
    const [moved] = await tx
      .update(cases)
      .set({ claimedBy: toPersonId, claimedUntil: claimEnd })
      .where(and(eq(cases.id, caseId), openTo({ personId: toPersonId, roles })))
      .returning({ id: cases.id });
    if (!moved) throw new NotFoundError();
    await note(actor, "case.hand-over", caseId, tx, { to: toPersonId });
  });
}

export const unclaimed = { claimedBy: null, claimedUntil: null };

async function note(
  actor: Actor,
  verb: string,
  caseId: string,
  tx: Db,
  details: Record<string, unknown> = {},
): Promise<void> {
  const subject = { kind: "case", id: caseId };
  await appendEvent({ actorId: actor.personId, verb, subject, details }, tx);
}
