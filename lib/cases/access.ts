import { and, asc, eq, isNull, type SQL, sql } from "drizzle-orm";
import type { Db } from "#db/client.ts";
import { cases } from "#db/schema/cases.ts";
import { therapists } from "#db/schema/profiles.ts";
import type { Actor } from "#lib/auth/rules.ts";
import { ConflictError, NotFoundError } from "#lib/errors.ts";
import { caseWorkers, claimMinutes } from "./rules.ts";

/**
 * Cases that the actor may look at: not their own, none of someone with whom they declared a
 * conflict, and no appeal against what they took part in. Everything else is not there for them.
 */
export function openTo({ personId, roles }: Actor): SQL {
  if (!caseWorkers.some((role) => roles.includes(role))) return sql`false`;
  return sql`not exists (select from therapists own
      where own.id = ${cases.therapistId} and own.person_id = ${personId})
    and not exists (select from conflicts_of_interest known
      where known.therapist_id = ${cases.therapistId} and known.person_id = ${personId})
    and not exists (select from appeals appeal join decisions made on made.id = appeal.decision_id
      where appeal.case_id = ${cases.id} and ${tookPart(personId)})`;
}

/** Who proposed or answered the decision `made`, or signed a look of the case that it was made in. */
function tookPart(personId: string): SQL {
  return sql`(${personId} in (made.proposed_by, made.answered_by)
    or exists (select from checks looked where looked.case_id = made.case_id
      and ${personId} in (looked.checker_id, looked.second_reviewer_id)))`;
}

/** The actor has claimed it, and the claim has not lapsed. */
export function claimedBy({ personId }: Actor): SQL {
  return sql`${cases.claimedBy} = ${personId} and ${cases.claimedUntil} > now()
    and ${cases.closedAt} is null`;
}

/** SQL for the end of a claim that is made or used now. */
export const claimEnd = sql`now() + ${claimMinutes} * interval '1 minute'`;

export type LockedCase = typeof cases.$inferSelect;

/**
 * Locks therapists until the transaction ends, in the order of their ids. Whatever writes a case
 * takes its therapist first and the case then, so that none waits for another in a circle.
 * Rows that name them can still be added meanwhile. @returns the ids that are there
 */
export async function lockTherapists(which: SQL, tx: Db): Promise<string[]> {
  const found = await tx
    .select({ id: therapists.id })
    .from(therapists)
    .where(which)
    .orderBy(asc(therapists.id))
    .for("no key update");
  return found.map(({ id }) => id);
}

/**
 * Locks an open case inside the caller's transaction, after its therapist, so that everything about
 * the two happens one after the other.
 * @throws NotFoundError, ConflictError `already-decided` when it is closed
 */
export async function lockCase(actor: Actor, caseId: string, tx: Db): Promise<LockedCase> {
  await lockTherapists(
    sql`${therapists.id} = (select therapist_id from cases where id = ${caseId})`,
    tx,
  );
  const [found] = await tx
    .select()
    .from(cases)
    .where(and(eq(cases.id, caseId), openTo(actor)))
    .for("update");
  if (!found) throw new NotFoundError();
  if (found.closedAt) throw new ConflictError("already-decided");
  return found;
}

/**
 * The same for what only the claimer may do; each use makes the claim last anew.
 * @throws ConflictError `not-claimed` when it is someone else's, nobody's, or has lapsed
 */
export async function lockClaimed(actor: Actor, caseId: string, tx: Db): Promise<LockedCase> {
  const found = await lockCase(actor, caseId, tx);
  const [row] = await tx
    .update(cases)
    .set({ claimedUntil: claimEnd })
    .where(and(eq(cases.id, caseId), claimedBy(actor), isNull(cases.closedAt)))
    .returning({ id: cases.id });
  if (!row) throw new ConflictError("not-claimed");
  return found;
}
