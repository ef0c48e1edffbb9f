import { and, arrayOverlaps, asc, eq } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { type Db, primary } from "#db/client.ts";
import { people, roleChanges } from "#db/schema/accounts.ts";
import { hasSecondFactor } from "#lib/auth/queries.ts";
import { type Actor, staffRoles } from "#lib/auth/rules.ts";
import { NotFoundError } from "#lib/errors.ts";
import { isThereALeadBeside, requireLead, requireRoleReader } from "./access.ts";
import { staffRolesOf } from "./rules.ts";

export type StaffPerson = Awaited<ReturnType<typeof listStaff>>[number];

/** Everyone with a staff role, by name. @throws NotFoundError for all but leads and auditors */
export async function listStaff(actor: Actor, db: Db = primary()) {
  requireRoleReader(actor);
  const rows = await db
    .select(personView(db))
    .from(people)
    .where(arrayOverlaps(people.roles, [...staffRoles]))
    .orderBy(asc(people.name), asc(people.email));
  return rows.map(withStaff);
}

export type WaitingChange = Awaited<ReturnType<typeof listWaitingChanges>>[number];

/** Changes of roles that wait for a second lead, oldest first. @throws like `listStaff` */
export async function listWaitingChanges(actor: Actor, db: Db = primary()) {
  requireRoleReader(actor);
  return loadWaiting(db);
}

export type RolePerson = Awaited<ReturnType<typeof getRolePerson>>;

/**
 * One person as leads see them before they change their roles; auditors see the staff alone.
 * @throws NotFoundError for everyone else, and for people who are not there
 */
export async function getRolePerson(actor: Actor, personId: string, db: Db = primary()) {
  requireRoleReader(actor);
  const isTheirs = eq(people.id, personId);
  const [row] = await db
    .select(personView(db))
    .from(people)
    .where(
      actor.roles.includes("lead")
        ? isTheirs
        : and(isTheirs, arrayOverlaps(people.roles, [...staffRoles])),
    );
  if (!row) throw new NotFoundError();
  const [waiting] = await loadWaiting(db, personId);
  return {
    ...withStaff(row),
    waiting: waiting ?? null,
    /** Whether a change would wait for another lead. */
    waits: await isThereALeadBeside([actor.personId, personId], db),
  };
}

/** Who has an address, letter by letter; null when nobody does. @throws NotFoundError for non-leads */
export async function findPersonId(
  actor: Actor,
  email: string,
  db: Db = primary(),
): Promise<string | null> {
  await requireLead(actor, db);
  const [found] = await db.select({ id: people.id }).from(people).where(eq(people.email, email));
  return found?.id ?? null;
}

function personView(db: Db) {
  const { id, name, email, roles } = people;
  return { id, name, email, roles, hasSecondFactor: hasSecondFactor(db) };
}

function withStaff<P extends { roles: string[] }>({ roles, ...person }: P) {
  return { ...person, roles: staffRolesOf(roles) };
}

async function loadWaiting(db: Db, personId?: string) {
  const asker = alias(people, "asker");
  const rows = await db
    .select({
      id: roleChanges.id,
      personId: roleChanges.personId,
      name: people.name,
      email: people.email,
      held: people.roles,
      roles: roleChanges.roles,
      askedBy: roleChanges.askedBy,
      askerName: asker.name,
      askerEmail: asker.email,
      askedAt: roleChanges.askedAt,
    })
    .from(roleChanges)
    .innerJoin(people, eq(people.id, roleChanges.personId))
    .leftJoin(asker, eq(asker.id, roleChanges.askedBy))
    .where(
      and(
        eq(roleChanges.state, "proposed"),
        personId === undefined ? undefined : eq(roleChanges.personId, personId),
      ),
    )
    .orderBy(asc(roleChanges.askedAt));
  return rows.map(({ held, roles, ...change }) => ({
    ...change,
    from: staffRolesOf(held),
    to: staffRolesOf(roles),
  }));
}
