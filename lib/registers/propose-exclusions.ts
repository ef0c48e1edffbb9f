import { and, eq, inArray, isNull } from "drizzle-orm";
import type { Db } from "#db/client.ts";
import { cases } from "#db/schema/cases.ts";
import { therapists } from "#db/schema/profiles.ts";
import { registerFindings } from "#db/schema/registers.ts";
import { checks } from "#db/schema/vetting.ts";
import { openCheckStates } from "#db/vocabulary.ts";
import { appendEvent } from "#lib/audit/append-event.ts";
import { lockTherapists } from "#lib/cases/access.ts";
import { openCase } from "#lib/cases/open-case.ts";
import { listHashKeys } from "#lib/sealing/kept-hash.ts";
import { isInUs, type Person } from "./connector.ts";
import { leieId, listExclusionCandidates } from "./leie.ts";
import { hashesOf } from "./seal-facts.ts";
import { lockFindings, writeFindings } from "./write-findings.ts";

/**
 * Puts rows of the exclusion list that may be about someone before a moderator: as findings on an
 * open look, in the case that is under way or in a new one. What was put before one already, however
 * they settled it, is not brought up again. @param caseId the open case to add it to; null for none
 */
export async function proposeExclusions(
  person: Person,
  caseId: string | null,
  db: Db,
): Promise<void> {
  if (!isInUs(person)) return;
  const candidates = await listExclusionCandidates(person, db);
  if (candidates.length === 0) return;
  const { therapistId } = person;
  await db.transaction(async (tx) => {
    await lockTherapists(eq(therapists.id, therapistId), tx);
    await lockFindings(therapistId, tx);
    const known = await knownHashes(therapistId, tx);
    const keys = await listHashKeys(tx);
    const fresh = candidates.filter(
      (candidate) => !hashesOf(leieId, candidate, keys).some((hash) => known.has(hash)),
    );
    if (fresh.length === 0) return;
    const checkId = (await openLook(therapistId, tx)) ?? (await attest(person, caseId, tx));
    await writeFindings({ therapistId, sourceId: leieId, checkId, credentialId: null }, fresh, tx);
  });
}

async function knownHashes(therapistId: string, tx: Db): Promise<Set<string>> {
  const rows = await tx
    .select({ factsHash: registerFindings.factsHash })
    .from(registerFindings)
    .where(
      and(eq(registerFindings.therapistId, therapistId), eq(registerFindings.sourceId, leieId)),
    );
  return new Set(rows.map(({ factsHash }) => factsHash));
}

/** One that nobody has settled, in a case that is still open. */
async function openLook(therapistId: string, tx: Db): Promise<string | undefined> {
  const [open] = await tx
    .select({ id: checks.id })
    .from(checks)
    .innerJoin(cases, eq(cases.id, checks.caseId))
    .where(
      and(
        eq(checks.therapistId, therapistId),
        eq(checks.claimType, "exclusion"),
        inArray(checks.state, [...openCheckStates]),
        isNull(cases.closedAt),
      ),
    )
    .limit(1);
  return open?.id;
}

async function attest(person: Person, caseId: string | null, tx: Db): Promise<string> {
  const { therapistId, displayName } = person;
  const inCase =
    (caseId !== null && (await lockedIfOpen(caseId, tx))) ||
    (await openCase({ therapistId, kind: "discipline" }, tx));
  const [made] = await tx
    .insert(checks)
    .values({
      therapistId,
      caseId: inCase,
      track: "safety",
      claimType: "exclusion",
      claim: { name: displayName },
      sourceType: "primary",
      method: "file",
      state: "attested",
    })
    .returning({ id: checks.id });
  if (!made) throw new Error("the look was not made");
  await appendEvent(
    {
      actorId: null,
      verb: "check.open",
      subject: { kind: "check", id: made.id },
      details: { claimType: "exclusion" },
    },
    tx,
  );
  return made.id;
}

async function lockedIfOpen(caseId: string, tx: Db): Promise<string | undefined> {
  const [open] = await tx
    .select({ id: cases.id })
    .from(cases)
    .where(and(eq(cases.id, caseId), isNull(cases.closedAt)))
    .for("update");
  return open?.id;
}
