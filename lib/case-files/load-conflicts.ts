import { asc, eq, inArray, or, sql } from "drizzle-orm";
import type { Db } from "#db/client.ts";
import { claimConflicts, credentials } from "#db/schema/credentials.ts";

export type ClaimConflict = Awaited<ReturnType<typeof loadConflicts>>[number];

/** Numbers of a therapist that another account claims as well, with whose it is. */
export function loadConflicts(therapistId: string, db: Db) {
  const own = db
    .select({ id: credentials.id })
    .from(credentials)
    .where(eq(credentials.therapistId, therapistId));
  const other = sql`case when ${credentials.id} = ${claimConflicts.credentialId}
    then ${claimConflicts.otherCredentialId} else ${claimConflicts.credentialId} end`;
  return db
    .select({
      id: claimConflicts.id,
      credentialId: credentials.id,
      letters: credentials.letters,
      number: credentials.number,
      /** What the other account calls itself. */
      otherName: sql<string | null>`(select newest.display_name
        from credentials held join profile_revisions newest on newest.therapist_id = held.therapist_id
        where held.id = ${other} order by newest.number desc limit 1)`,
      otherCaseId: sql<string | null>`(select open.id
        from credentials held join cases open on open.therapist_id = held.therapist_id
        where held.id = ${other} and open.closed_at is null
        order by open.opened_at limit 1)`,
    })
    .from(claimConflicts)
    .innerJoin(
      credentials,
      or(
        eq(credentials.id, claimConflicts.credentialId),
        eq(credentials.id, claimConflicts.otherCredentialId),
      ),
    )
    .where(inArray(credentials.id, own))
    .orderBy(asc(claimConflicts.noticedAt), asc(claimConflicts.id));
}
