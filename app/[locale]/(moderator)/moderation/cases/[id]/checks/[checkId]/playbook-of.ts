import type { LookedAt } from "#lib/case-files/load-looks.ts";
import type { CaseFile } from "#lib/case-files/queries.ts";
import { findClaimPlaybook, type Playbook } from "#lib/playbooks/queries.ts";

/**
 * How to look a claim up. Who someone is and whether anyone acted against them is asked of the body
 * of their first licence.
 */
export function playbookOf({ claims }: CaseFile, { now }: LookedAt): Promise<Playbook | null> {
  const { claimType } = now;
  const asked = claimType === "credential" ? now : firstLicence(claims);
  const { claim = {}, jurisdiction = null } = asked ?? {};
  // A privilege under a compact is its own claim, and says nothing of who someone is.
  const compactId = claimType === "credential" ? textOf(claim.compactId) : null;
  return findClaimPlaybook({
    claimType,
    compactId,
    credentialType: textOf(claim.typeId) ?? textOf(claim.type),
    jurisdiction: jurisdiction ?? textOf(claim.jurisdiction),
  });
}

function firstLicence(claims: CaseFile["claims"]) {
  return claims.find(({ now }) => now.claimType === "credential")?.now;
}

function textOf(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}
