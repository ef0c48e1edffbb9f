import { registerFor } from "#lib/reference/queries.ts";
import { addDays, type Day } from "#lib/vetting/rules.ts";
import { earlier } from "./days.ts";
import type { Draw } from "./draw.ts";
import type { Portrait } from "./portrait.ts";
import type { Reviewers } from "./reviewers.ts";
import type { CheckRow, CredentialRow, TrainingRow } from "./rows.ts";

export type Held = {
  credentials: readonly CredentialRow[];
  trainings: readonly TrainingRow[];
};

/** A check before it has an id. */
export type Look = Omit<CheckRow, "id" | "therapistId">;
export type LookState = Partial<Look> & Pick<Look, "state">;

/** What lies in front of a moderator who looks into one therapist. */
export type Desk = { portrait: Portrait; draw: Draw; reviewers: Reviewers; held: Held };

/** An affirmative look with its dates: it holds for some days, and never beyond the claim itself. */
export function yes(checkedOn: Day, days: number, ends: Day | null = null) {
  const validUntil = earlier(addDays(checkedOn, days), ends);
  return {
    state: "verified" as const,
    decisionCode: "source-match" as const,
    checkedOn,
    validUntil,
    nextCheckOn: addDays(validUntil, -14),
  };
}

export function registerName(
  credential: CredentialRow | undefined,
  portrait: Portrait,
): string | undefined {
  return register(credential, portrait)?.name;
}

export function registerUrl(
  credential: CredentialRow | undefined,
  portrait: Portrait,
): string | null {
  return register(credential, portrait)?.url ?? null;
}

function register(credential: CredentialRow | undefined, portrait: Portrait) {
  if (credential?.compactId === "psypact") {
    return { name: "PSYPACT Commission authorisation directory", url: "https://psypact.gov/" };
  }
  if (credential?.compactId === "counseling") {
    return { name: "Counseling Compact privilege look-up", url: "https://counselingcompact.gov/" };
  }
  return (
    credential && registerFor(credential.typeId, credential.jurisdiction ?? portrait.place.region)
  );
}
