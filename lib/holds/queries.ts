import { and, desc, eq, isNull, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { type Db, primary } from "#db/client.ts";
import { people } from "#db/schema/accounts.ts";
import { evidence, legalHolds } from "#db/schema/evidence.ts";
import { profileRevisions, therapists } from "#db/schema/profiles.ts";
import type { Actor } from "#lib/auth/rules.ts";
import { unseal } from "#lib/sealing/seal.ts";
import { isHeld, isStranger, requireRole } from "./access.ts";
import { holdKeepers, holdReaders, reasonContext } from "./rules.ts";

const MOST_SHOWN = 200;

export type Hold = Awaited<ReturnType<typeof listHolds>>[number];

/** Holds with their reasons: open ones first, the newest first. @throws NotFoundError */
export async function listHolds(actor: Actor, db: Db = primary()) {
  requireRole(actor, holdReaders);
  const lifter = alias(people, "lifter");
  const rows = await db
    .select({
      id: legalHolds.id,
      slug: therapists.slug,
      displayName: profileRevisions.displayName,
      sealedReason: legalHolds.sealedReason,
      setBy: people.name,
      setAt: legalHolds.setAt,
      liftedBy: lifter.name,
      liftedAt: legalHolds.liftedAt,
      /** Those that are still there. */
      documents: sql<number>`(select count(*)::integer from ${evidence}
        where ${evidence.therapistId} = ${legalHolds.therapistId}
          and ${evidence.destroyedAt} is null)`,
    })
    .from(legalHolds)
    .innerJoin(therapists, eq(therapists.id, legalHolds.therapistId))
    .leftJoin(
      profileRevisions,
      and(eq(profileRevisions.therapistId, therapists.id), eq(profileRevisions.state, "live")),
    )
    .leftJoin(people, eq(people.id, legalHolds.setBy))
    .leftJoin(lifter, eq(lifter.id, legalHolds.liftedBy))
    .where(isStranger(actor, legalHolds.therapistId))
    .orderBy(
      desc(isNull(legalHolds.liftedAt)),
      desc(sql`coalesce(${legalHolds.liftedAt}, ${legalHolds.setAt})`),
    )
    .limit(MOST_SHOWN);
  return rows.map(({ sealedReason, ...row }) => ({
    ...row,
    reason: unseal(sealedReason, reasonContext(row.id)),
  }));
}

/** Whose listing an address is; null for one that is nobody's, or too near to the actor. */
export async function findTherapistId(
  actor: Actor,
  slug: string,
  db: Db = primary(),
): Promise<string | null> {
  requireRole(actor, holdKeepers);
  const [found] = await db
    .select({ id: therapists.id })
    .from(therapists)
    .where(and(eq(therapists.slug, slug), isStranger(actor, therapists.id)));
  return found?.id ?? null;
}

/** Whether documents of the actor's own must stay, and their account with them. */
export async function areOwnDocumentsHeld(
  { personId }: Actor,
  db: Db = primary(),
): Promise<boolean> {
  return (
    (await db.$count(therapists, and(eq(therapists.personId, personId), isHeld(therapists.id)))) > 0
  );
}
