import { and, eq, sql } from "drizzle-orm";
import type { Db } from "#db/client.ts";
import { cases } from "#db/schema/cases.ts";
import { profileRevisions, therapists } from "#db/schema/profiles.ts";
import { checks } from "#db/schema/vetting.ts";
import type { CheckTrack, DecisionSubject } from "#db/vocabulary.ts";
import type { LockedCase } from "#lib/cases/access.ts";
import { ConflictError, NotFoundError } from "#lib/errors.ts";
import { notReplaced } from "#lib/vetting/not-replaced.ts";

export type Subject = {
  subject: DecisionSubject;
  state: string;
  /** Of a check; null for all else. */
  track: CheckTrack | null;
  checkId: string | null;
  revisionId: string | null;
};

/**
 * What is decided on and how it stands, locked with its case. @param checkId of decisions on checks
 * @throws NotFoundError when it is no part of the case, ConflictError when it was replaced
 */
export async function lockSubject(
  on: DecisionSubject,
  found: LockedCase,
  checkId: string | null,
  tx: Db,
): Promise<Subject> {
  const plain = { subject: on, track: null, checkId: null, revisionId: null };
  switch (on) {
    case "check":
      return { ...plain, ...(await checkOf(found, checkId, tx)) };
    case "revision":
      return { ...plain, ...(await revisionOf(found, tx)) };
    case "listing":
      return { ...plain, state: await listingOf(found, tx) };
    case "appeal":
      return { ...plain, state: "open" };
  }
}

async function checkOf({ id, therapistId }: LockedCase, checkId: string | null, tx: Db) {
  const [row] = await tx
    .select({
      state: checks.state,
      track: checks.track,
      caseId: checks.caseId,
      replaced: sql<boolean>`not ${notReplaced(checks.id)}`,
    })
    .from(checks)
    .where(and(eq(checks.id, checkId ?? ""), eq(checks.therapistId, therapistId)))
    .for("update");
  if (!row) throw new NotFoundError();
  if (row.replaced) throw new ConflictError("already-decided");
  // An open look belongs to the case that it is looked at in, and to no other.
  const open = row.state === "attested" || row.state === "in-review" || row.state === "needs-info";
  if (open && row.caseId !== id) throw new NotFoundError();
  return { state: row.state, track: row.track, checkId };
}

async function revisionOf({ revisionId }: LockedCase, tx: Db) {
  const [row] = await tx
    .select({ state: profileRevisions.state })
    .from(profileRevisions)
    .where(eq(profileRevisions.id, revisionId ?? ""))
    .for("update");
  if (!row) throw new NotFoundError();
  return { state: row.state, revisionId };
}

async function listingOf({ therapistId }: LockedCase, tx: Db): Promise<string> {
  const [row] = await tx
    .select({ state: therapists.listingState })
    .from(therapists)
    .where(eq(therapists.id, therapistId));
  if (!row) throw new NotFoundError();
  return row.state;
}

/** A case as it stands inside the transaction that has locked it. */
export async function readCase(caseId: string, tx: Db): Promise<LockedCase> {
  const [found] = await tx.select().from(cases).where(eq(cases.id, caseId));
  if (!found) throw new NotFoundError();
  return found;
}
