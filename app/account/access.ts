import type { Role } from "#db/vocabulary.ts";
import { isFresh, type Session } from "#lib/auth/rules.ts";

/**
 * Who may open a page: everyone; whoever is signed in (`half`: even before the second factor);
 * or people with one of some roles. Commands check again what they are asked to do.
 */
export type Access = "anyone" | "half-signed-in" | "signed-in" | readonly Role[];

export type WayIn = "in" | "sign-in" | "second-factor" | "set-up-second-factor" | "hidden";

/** Whether the second factor must have been shown within the last minutes, or only by who has one. */
export type Fresh = boolean | "if-set-up";

export function wayIn(access: Access, session: Session | null, fresh: Fresh = false): WayIn {
  if (access === "anyone") return "in";
  if (session === null) return "sign-in";
  if (access === "half-signed-in") return "in";
  if (session.secondFactor === "needed") return "second-factor";
  if (access === "signed-in") return "in";
  // Someone without the role learns nothing of the page, not even that it is there.
  if (!access.some((role) => session.heldRoles.includes(role))) return "hidden";
  if (!access.some((role) => session.roles.includes(role))) return "set-up-second-factor";
  if (fresh === "if-set-up" && session.secondFactor === "not-set-up") return "in";
  return fresh && !isFresh(session, new Date()) ? "second-factor" : "in";
}
