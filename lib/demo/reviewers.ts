import type { Draw } from "./draw.ts";
import type { Portrait } from "./portrait.ts";

export type Reviewers = { first: string; second: string; lived: string };

export function personaPersonId(personaId: string): string {
  return `person-${personaId}`;
}

const moderators = ["mo-moderator", "mia-moderator", "thea-therapist-moderator"];

/** Who looked: two different moderators, and never a person at their own profile. */
export function reviewersFor(portrait: Portrait, draw: Draw): Reviewers {
  const free = moderators.filter((id) => id !== portrait.id);
  const [first = "mo-moderator", second = "mia-moderator"] = draw.some(free, 2);
  return {
    first: personaPersonId(first),
    second: personaPersonId(second),
    lived: personaPersonId("liv-lived-experience-reviewer"),
  };
}
