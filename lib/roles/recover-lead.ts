import { and, eq, ne } from "drizzle-orm";
import type { Db } from "#db/client.ts";
import { people, roleChanges } from "#db/schema/accounts.ts";
import { appendEvent } from "#lib/audit/append-event.ts";
import { isLead, lockRoles } from "./access.ts";
import { changeRoles, declineChanges } from "./change-roles.ts";
import { findOrMake, type NewLead } from "./make-first-lead.ts";
import { dropSecondFactors } from "./reset-second-factors.ts";
import { staffRolesOf } from "./rules.ts";

export type LeadRecovery = NewLead & {
  /** Goes into the audit chain. */
  reason: string;
  /** Whether every other lead loses the role: they are gone for good. */
  alone: boolean;
};

/**
 * For whoever runs the server, when no lead gets in any more: makes someone a lead who then begins
 * with a new second factor. @returns the addresses of those who are leads no more
 */
export async function recoverLead(recovery: LeadRecovery, db: Db): Promise<string[]> {
  const { reason, alone } = recovery;
  return db.transaction(async (tx) => {
    await lockRoles(tx);
    const { id: personId, staff } = await findOrMake(recovery, tx);
    const subject = { kind: "person", id: personId };
    const details = { reason, alone };
    await appendEvent({ actorId: null, verb: "role.recover", subject, details }, tx);
    await declineChanges(null, eq(roleChanges.personId, personId), tx);
    await dropSecondFactors({ actorId: null, personId, reason }, tx);
    await changeRoles({ actorId: null, personId, staff, leads: 0 }, tx);
    return alone ? takeFromOthers(personId, tx) : [];
  });
}

async function takeFromOthers(personId: string, tx: Db): Promise<string[]> {
  const others = await tx
    .select({ id: people.id, email: people.email, roles: people.roles })
    .from(people)
    .where(and(isLead, ne(people.id, personId)))
    .orderBy(people.email)
    .for("update");
  for (const { id, roles } of others) {
    await declineChanges(null, eq(roleChanges.personId, id), tx);
    const staff = staffRolesOf(roles).filter((role) => role !== "lead");
    await changeRoles({ actorId: null, personId: id, staff, leads: 0 }, tx);
  }
  return others.map(({ email }) => email);
}
