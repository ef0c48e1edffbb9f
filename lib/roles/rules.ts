import { type Role, roles } from "#db/vocabulary.ts";
import { staffRoles } from "#lib/auth/rules.ts";
import { caseWorkers } from "#lib/cases/rules.ts";

export type StaffRole = (typeof staffRoles)[number];

/** Who sees who is on the staff. Leads change it; auditors read. */
export const roleReaders = ["lead", "auditor"] as const satisfies readonly Role[];

/** Of all roles those that leads give and take; whether someone has a profile is their own matter. */
export function staffRolesOf(held: readonly string[]): StaffRole[] {
  return staffRoles.filter((role) => held.includes(role));
}

/** All roles of a person whose staff roles become these. */
export function withStaffRoles(held: readonly string[], staff: readonly StaffRole[]): Role[] {
  return roles.filter((role) =>
    staffRoles.some((known) => known === role)
      ? staff.some((given) => given === role)
      : held.includes(role),
  );
}

/** Who reads what was decided has decided none of it. */
export function auditorDecides(staff: readonly StaffRole[]): boolean {
  return staff.includes("auditor") && staff.length > 1;
}

/** Whether a change takes away a role that cases are worked on with. */
export function losesDeciding(from: readonly Role[], to: readonly Role[]): boolean {
  return caseWorkers.some((role) => from.includes(role) && !to.includes(role));
}

/** Whether a lead may agree to a change, decline it, or take back their own. */
export function answersTo(
  change: { personId: string; askedBy: string },
  leadId: string,
): readonly ("agree" | "decline" | "take-back")[] {
  if (change.askedBy === leadId) return ["take-back"];
  return change.personId === leadId ? [] : ["agree", "decline"];
}
