import { and, eq, isNull, sql } from "drizzle-orm";
import type { Db } from "#db/client.ts";
import { people, roleChanges, sessions } from "#db/schema/accounts.ts";
import { cases } from "#db/schema/cases.ts";
import { therapists } from "#db/schema/profiles.ts";
import { appendEvent } from "#lib/audit/append-event.ts";
import { lockTherapists } from "#lib/cases/access.ts";
import { enqueueMail } from "#lib/email/enqueue-mail.ts";
import { siteAddress } from "#lib/email/site-address.ts";
import { ConflictError, NotFoundError } from "#lib/errors.ts";
import { isThereALeadBeside } from "./access.ts";
import { losesDeciding, type StaffRole, staffRolesOf, withStaffRoles } from "./rules.ts";

export type RoleMove = {
  /** Who brings it into force; null for the command on the server. */
  actorId: string | null;
  personId: string;
  /** All staff roles from now on. */
  staff: readonly StaffRole[];
  /** How many leads agreed. */
  leads: 0 | 1 | 2;
};

/**
 * Brings roles into force, inside the caller's transaction and under `lockRoles`: the person is
 * signed out everywhere and told by mail, and what they had claimed without right goes back.
 */
export async function changeRoles(
  { actorId, personId, staff, leads }: RoleMove,
  tx: Db,
): Promise<void> {
  await lockTherapists(sql`${therapists.id} in (${claimedTherapists(personId, tx)})`, tx);
  const [person] = await tx
    .select()
    .from(people)
    .where(eq(people.id, personId))
    // Rows that name the person may still be added: a decision of theirs may hold a case.
    .for("no key update");
  if (!person) throw new NotFoundError();
  const held = staffRolesOf(person.roles);
  const to = withStaffRoles(person.roles, staff);
  await tx.update(people).set({ roles: to }).where(eq(people.id, personId));
  await tx.delete(sessions).where(eq(sessions.userId, personId));
  if (losesDeciding(held, to)) await releaseClaims(actorId, personId, tx);
  if (!to.includes("lead")) {
    await declineChanges(actorId, eq(roleChanges.askedBy, personId), tx);
  }
  const { email, locale } = person;
  const url = siteAddress("/sign-in", locale);
  await enqueueMail({ kind: "roles-changed", to: email, personId, locale, params: { url } }, tx);
  const subject = { kind: "person", id: personId };
  const details = { from: held, to: staffRolesOf(to), leads };
  await appendEvent({ actorId, verb: "role.change", subject, details }, tx);
}

/** @throws ConflictError `last-lead` when nobody would be left who could give roles */
export async function keepALead(
  personId: string,
  staff: readonly StaffRole[],
  tx: Db,
): Promise<void> {
  if (staff.includes("lead") || (await isThereALeadBeside([personId], tx))) return;
  throw new ConflictError("last-lead");
}

/** Ends what waits for an answer that nobody can give any more. */
export async function declineChanges(
  actorId: string | null,
  which: ReturnType<typeof eq>,
  tx: Db,
): Promise<void> {
  const declined = await tx
    .update(roleChanges)
    .set({ state: "declined", answeredAt: new Date() })
    .where(and(which, eq(roleChanges.state, "proposed")))
    .returning({ personId: roleChanges.personId, roles: roleChanges.roles });
  for (const { personId, roles } of declined) {
    const subject = { kind: "person", id: personId };
    const details = { roles: staffRolesOf(roles) };
    await appendEvent({ actorId, verb: "role.decline", subject, details }, tx);
  }
}

function claimedTherapists(personId: string, tx: Db) {
  return tx
    .select({ id: cases.therapistId })
    .from(cases)
    .where(and(eq(cases.claimedBy, personId), isNull(cases.closedAt)));
}

async function releaseClaims(actorId: string | null, personId: string, tx: Db): Promise<void> {
  const released = await tx
    .update(cases)
    .set({ claimedBy: null, claimedUntil: null })
    .where(and(eq(cases.claimedBy, personId), isNull(cases.closedAt)))
    .returning({ id: cases.id });
  for (const { id } of released) {
    const subject = { kind: "case", id };
    await appendEvent({ actorId, verb: "case.release", subject, details: { of: personId } }, tx);
  }
}
