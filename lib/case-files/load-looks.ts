import { and, desc, eq, inArray, ne, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import type { Db } from "#db/client.ts";
import { people } from "#db/schema/accounts.ts";
import { credentials, trainings } from "#db/schema/credentials.ts";
import { checks } from "#db/schema/vetting.ts";
import { type CheckTrack, openCheckStates } from "#db/vocabulary.ts";
import { notReplaced } from "#lib/vetting/not-replaced.ts";

export type Look = Awaited<ReturnType<typeof loadChecks>>[number];

/** One claim: the look that counts now, and those before it, newest first. */
export type LookedAt = {
  now: Look;
  /** True where it belongs to this case and nobody has settled it. */
  open: boolean;
  earlier: Look[];
};

/**
 * The claims of a therapist that were ever looked at, those with an open look of the case first,
 * then in the order of tracks.
 */
export async function loadLooks(
  wanted: { therapistId: string; caseId: string; tracks: readonly CheckTrack[] },
  db: Db,
): Promise<LookedAt[]> {
  const [found, roots] = await Promise.all([
    loadChecks(wanted, db),
    loadRoots(wanted.therapistId, db),
  ]);
  const claims = new Map<string, Look[]>();
  for (const look of found) {
    const id = look.credentialId ?? look.trainingId;
    const key = `${look.claimType} ${id === null ? "" : (roots.get(id) ?? id)}`;
    claims.set(key, [...(claims.get(key) ?? []), look]);
  }
  const isOpen = ({ state, caseId }: Look) =>
    caseId === wanted.caseId && openCheckStates.some((open) => open === state);
  const rank = ({ open, now }: LookedAt) =>
    (open ? 0 : wanted.tracks.length) + wanted.tracks.indexOf(now.track);
  return [...claims.values()]
    .flatMap((looks): LookedAt[] => {
      const now = looks.find(isOpen) ?? looks.find(({ replaced }) => !replaced) ?? looks[0];
      if (!now) return [];
      return [{ now, open: isOpen(now), earlier: looks.filter((look) => look !== now) }];
    })
    .toSorted((a, b) => rank(a) - rank(b));
}

const second = alias(people, "second");

/** Looks that were withdrawn say nothing about a claim. */
function loadChecks(
  { therapistId, tracks }: { therapistId: string; tracks: readonly CheckTrack[] },
  db: Db,
) {
  return db
    .select({
      id: checks.id,
      caseId: checks.caseId,
      track: checks.track,
      claimType: checks.claimType,
      credentialId: checks.credentialId,
      trainingId: checks.trainingId,
      claim: checks.claim,
      jurisdiction: checks.jurisdiction,
      state: checks.state,
      decisionCode: checks.decisionCode,
      authority: checks.authority,
      sourceType: checks.sourceType,
      sourceUrl: checks.sourceUrl,
      method: checks.method,
      sourceAsOf: checks.sourceAsOf,
      sourceStatus: checks.sourceStatus,
      issuedOn: checks.issuedOn,
      expiresOn: checks.expiresOn,
      checkedOn: checks.checkedOn,
      validUntil: checks.validUntil,
      nextCheckOn: checks.nextCheckOn,
      conditions: checks.conditions,
      publicNote: checks.publicNote,
      privateNote: checks.privateNote,
      checker: people.name,
      secondReviewer: second.name,
      replaced: sql<boolean>`not ${notReplaced(checks.id)}`,
    })
    .from(checks)
    .leftJoin(people, eq(people.id, checks.checkerId))
    .leftJoin(second, eq(second.id, checks.secondReviewerId))
    .where(
      and(
        eq(checks.therapistId, therapistId),
        inArray(checks.track, [...tracks]),
        ne(checks.state, "withdrawn"),
      ),
    )
    .orderBy(sql`${desc(checks.checkedOn)} nulls first`, desc(checks.id));
}

/** An edited claim is a row of its own until it is accepted; what it replaces has its history. */
async function loadRoots(therapistId: string, db: Db): Promise<Map<string, string>> {
  const replacing = (table: typeof credentials | typeof trainings) =>
    db
      .select({ id: table.id, replacesId: table.replacesId })
      .from(table)
      .where(and(eq(table.therapistId, therapistId), sql`${table.replacesId} is not null`));
  const rows = [...(await replacing(credentials)), ...(await replacing(trainings))];
  return new Map(rows.flatMap(({ id, replacesId }) => (replacesId ? [[id, replacesId]] : [])));
}
