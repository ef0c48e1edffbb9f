import { isDeepStrictEqual } from "node:util";
import { and, eq, inArray, isNull, notInArray, or } from "drizzle-orm";
import type { Db } from "#db/client.ts";
import { checks } from "#db/schema/vetting.ts";
import { openCheckStates } from "#db/vocabulary.ts";
import { withdrawLooks } from "#lib/cases/close-case.ts";
import { type ClaimToCheck, isAbout } from "./claims-to-check.ts";

/**
 * Sees to it that each claim has one open look: those that moderators have begun at the same claim
 * stay as they are, those at claims as they were are withdrawn, and the rest are begun.
 */
export async function attestClaims(
  { therapistId, caseId }: { therapistId: string; caseId: string },
  claims: readonly ClaimToCheck[],
  tx: Db,
): Promise<void> {
  const open = await tx
    .select()
    .from(checks)
    .where(and(eq(checks.therapistId, therapistId), inArray(checks.state, [...openCheckStates])));
  const lookAt = (claim: ClaimToCheck) =>
    open.find(
      (look) =>
        isAbout(look, claim) &&
        look.claimVersion === claim.claimVersion &&
        isDeepStrictEqual(look.claim, claim.claim),
    );
  const kept = claims.flatMap((claim) => lookAt(claim)?.id ?? []);
  const here = or(eq(checks.caseId, caseId), isNull(checks.caseId));
  const own = and(eq(checks.therapistId, therapistId), here);
  await withdrawLooks(kept.length > 0 ? and(own, notInArray(checks.id, kept)) : own, tx);
  if (kept.length > 0) {
    await tx
      .update(checks)
      .set({ caseId })
      .where(and(inArray(checks.id, kept), isNull(checks.caseId)));
    // They have answered by sending it again.
    await tx
      .update(checks)
      .set({ state: "in-review" })
      .where(and(inArray(checks.id, kept), here, eq(checks.state, "needs-info")));
  }
  const fresh = claims.filter((claim) => !lookAt(claim));
  if (fresh.length === 0) return;
  await tx.insert(checks).values(
    fresh.map(({ why, ...claim }) => ({
      ...claim,
      therapistId,
      caseId,
      sourceType: "self" as const,
      method: "manual" as const,
      state: "attested" as const,
    })),
  );
}
