import { and, arrayContains, eq, isNull, notInArray, type SQL, sql } from "drizzle-orm";
import type { Db } from "#db/client.ts";
import { people } from "#db/schema/accounts.ts";
import type { Actor } from "#lib/auth/rules.ts";
import { NotFoundError } from "#lib/errors.ts";
import { roleReaders } from "./rules.ts";

/** @throws NotFoundError: others learn nothing of who is on the staff */
export function requireRoleReader(actor: Actor): void {
  if (!roleReaders.some((role) => actor.roles.includes(role))) throw new NotFoundError();
}

/**
 * Lets one change of roles happen at a time, in the caller's transaction: who else is a lead must
 * not change while it is looked at.
 */
export async function lockRoles(tx: Db): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended('roles', 0))`);
}

/**
 * The actor is a lead in this session, and at this moment: their own role may have gone since.
 * @throws NotFoundError otherwise
 */
export async function requireLead({ personId, roles }: Actor, db: Db): Promise<void> {
  if (!roles.includes("lead")) throw new NotFoundError();
  const [lead] = await db
    .select({ id: people.id })
    .from(people)
    .where(and(eq(people.id, personId), isLead));
  if (!lead) throw new NotFoundError();
}

/** For a query on `people`. */
export const isLead: SQL = arrayContains(people.roles, ["lead"]);

/** Whether there is a lead beside these people. One whose account is about to go does not count. */
export async function isThereALeadBeside(personIds: readonly string[], db: Db): Promise<boolean> {
  const [other] = await db
    .select({ id: people.id })
    .from(people)
    .where(and(isLead, isNull(people.deletionAskedAt), notInArray(people.id, [...personIds])))
    .limit(1);
  return other !== undefined;
}
