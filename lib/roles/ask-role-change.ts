import { and, eq } from "drizzle-orm";
import { type Db, primary } from "#db/client.ts";
import { people, roleChanges } from "#db/schema/accounts.ts";
import { appendEvent } from "#lib/audit/append-event.ts";
import type { Actor } from "#lib/auth/rules.ts";
import { ConflictError, NotFoundError } from "#lib/errors.ts";
import { isThereALeadBeside, lockRoles, requireLead } from "./access.ts";
import { changeRoles, keepALead } from "./change-roles.ts";
import { auditorDecides, type StaffRole, staffRolesOf, withStaffRoles } from "./rules.ts";

export type WantedRoles = {
  personId: string;
  /** All staff roles that the person shall have. */
  roles: readonly StaffRole[];
  /** Those that they had when the lead looked. */
  seen: readonly StaffRole[];
};

export type RoleAnswer = "proposed" | "in-force" | "unchanged";

/**
 * Gives and takes roles. Where there is a lead beside the one who asks and the one it is about, it
 * waits for them; else it is in force at once. Asking the same twice changes nothing.
 * @throws NotFoundError for all but leads, and for people who are not there
 * @throws ConflictError `auditor-decides`, `last-lead`, or `changed-elsewhere` when they do not have
 * the roles that were seen, or another change about them waits
 */
export async function askRoleChange(
  actor: Actor,
  wanted: WantedRoles,
  db: Db = primary(),
): Promise<RoleAnswer> {
  if (auditorDecides(wanted.roles)) throw new ConflictError("auditor-decides");
  return db.transaction(async (tx) => {
    await lockRoles(tx);
    await requireLead(actor, tx);
    const [person] = await tx
      .select({ id: people.id, roles: people.roles })
      .from(people)
      .where(eq(people.id, wanted.personId));
    if (!person) throw new NotFoundError();
    const staff = staffRolesOf(wanted.roles);
    const held = staffRolesOf(person.roles);
    if (await isAskedAlready(actor, person.id, staff, tx)) return "proposed";
    if (same(staff, held)) return "unchanged";
    if (!same(held, staffRolesOf(wanted.seen))) throw new ConflictError("changed-elsewhere");
    await keepALead(person.id, staff, tx);
    const waits = await isThereALeadBeside([actor.personId, person.id], tx);
    const asked = { personId: person.id, roles: withStaffRoles(person.roles, staff) };
    await tx.insert(roleChanges).values({
      ...asked,
      state: waits ? "proposed" : "in-force",
      askedBy: actor.personId,
      answeredAt: waits ? null : new Date(),
    });
    const subject = { kind: "person", id: person.id };
    const details = { roles: staff, waits };
    await appendEvent({ actorId: actor.personId, verb: "role.ask", subject, details }, tx);
    if (waits) return "proposed";
    await changeRoles({ actorId: actor.personId, personId: person.id, staff, leads: 1 }, tx);
    return "in-force";
  });
}

/** Whether the very same waits already. @throws ConflictError when something else does */
async function isAskedAlready(
  { personId: askedBy }: Actor,
  personId: string,
  staff: readonly StaffRole[],
  tx: Db,
): Promise<boolean> {
  const [open] = await tx
    .select({ askedBy: roleChanges.askedBy, roles: roleChanges.roles })
    .from(roleChanges)
    .where(and(eq(roleChanges.personId, personId), eq(roleChanges.state, "proposed")));
  if (!open) return false;
  if (open.askedBy === askedBy && same(staffRolesOf(open.roles), staff)) return true;
  throw new ConflictError("changed-elsewhere");
}

function same(one: readonly StaffRole[], other: readonly StaffRole[]): boolean {
  return one.length === other.length && one.every((role) => other.includes(role));
}
