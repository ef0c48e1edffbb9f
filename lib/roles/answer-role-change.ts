import { eq } from "drizzle-orm";
import { type Db, primary } from "#db/client.ts";
import { roleChanges } from "#db/schema/accounts.ts";
import { appendEvent } from "#lib/audit/append-event.ts";
import type { Actor } from "#lib/auth/rules.ts";
import { ConflictError, NotFoundError } from "#lib/errors.ts";
import { lockRoles, requireLead } from "./access.ts";
import { changeRoles, keepALead } from "./change-roles.ts";
import { answersTo, staffRolesOf } from "./rules.ts";

/**
 * A second lead agrees to a change of roles, or does not. Whoever asked can only take it back, and
 * whoever it is about has no say.
 * @throws NotFoundError for all but leads, and for changes that are not there
 * @throws ConflictError `already-decided`, `needs-another-person`, or `last-lead` when the other
 * leads have gone since it was asked
 */
export async function answerRoleChange(
  actor: Actor,
  { id, agree }: { id: string; agree: boolean },
  db: Db = primary(),
): Promise<void> {
  const { personId: actorId } = actor;
  await db.transaction(async (tx) => {
    await lockRoles(tx);
    await requireLead(actor, tx);
    const [change] = await tx.select().from(roleChanges).where(eq(roleChanges.id, id));
    if (!change) throw new NotFoundError();
    if (change.state !== "proposed") throw new ConflictError("already-decided");
    const answers = answersTo(change, actorId);
    const takesBack = !agree && answers.includes("take-back");
    if (!takesBack && !answers.includes(agree ? "agree" : "decline")) {
      throw new ConflictError("needs-another-person");
    }
    await tx
      .update(roleChanges)
      .set({
        state: agree ? "in-force" : "declined",
        answeredBy: takesBack ? null : actorId,
        answeredAt: new Date(),
      })
      .where(eq(roleChanges.id, id));
    const staff = staffRolesOf(change.roles);
    const subject = { kind: "person", id: change.personId };
    const details = { roles: staff, ...(takesBack && { takenBack: true }) };
    const verb = agree ? "role.confirm" : "role.decline";
    await appendEvent({ actorId, verb, subject, details }, tx);
    if (!agree) return;
    await keepALead(change.personId, staff, tx);
    await changeRoles({ actorId, personId: change.personId, staff, leads: 2 }, tx);
  });
}
