import { eq } from "drizzle-orm";
import type { Db } from "#db/client.ts";
import { people } from "#db/schema/accounts.ts";
import { appendEvent } from "#lib/audit/append-event.ts";
import type { Locale } from "#lib/words/labels.ts";
import { isThereALeadBeside, lockRoles } from "./access.ts";
import { changeRoles } from "./change-roles.ts";
import { staffRolesOf } from "./rules.ts";

export type NewLead = {
  /** In lower case. */
  email: string;
  /** Of the account, if it is made by this. */
  locale: Locale;
};

/**
 * Makes someone the first lead, with an account where they have none yet.
 * @returns false when there is a lead: then roles are given by leads
 */
export async function makeFirstLead(lead: NewLead, db: Db): Promise<boolean> {
  return db.transaction(async (tx) => {
    await lockRoles(tx);
    if (await isThereALeadBeside([], tx)) return false;
    const { id: personId, staff } = await findOrMake(lead, tx);
    const subject = { kind: "person", id: personId };
    await appendEvent({ actorId: null, verb: "role.first-lead", subject }, tx);
    await changeRoles({ actorId: null, personId, staff, leads: 0 }, tx);
    return true;
  });
}

/** The person with the address, and the staff roles that they have as a lead. */
export async function findOrMake({ email, locale }: NewLead, tx: Db) {
  await tx.insert(people).values({ email, locale }).onConflictDoNothing();
  const [person] = await tx
    .select({ id: people.id, roles: people.roles })
    .from(people)
    .where(eq(people.email, email))
    .for("update");
  if (!person) throw new Error("the person was not written");
  const held = staffRolesOf(person.roles).filter((role) => role !== "auditor");
  return { id: person.id, staff: staffRolesOf([...held, "lead"]) };
}
