import type { PlaybookContent } from "#db/schema/playbooks.ts";
import { type ClaimType, type DecisionAction, decisionActions, type Role } from "#db/vocabulary.ts";
import { staffRoles } from "#lib/auth/rules.ts";
import { decisionRules } from "#lib/decisions/transitions.ts";
import { jurisdictionMatches } from "#lib/reference/rules.ts";

/** Who reads how things are looked up; leads write it. */
export const playbookReaders = staffRoles;
export const playbookEditors = ["lead"] as const satisfies readonly Role[];

/** What answers for whatever no other playbook does. */
export const fallbackPlaybook = "other";

/** What a status word can suggest: decisions on a look. */
export const suggestions = decisionActions.filter((action) => decisionRules[action].on === "check");

export function suggestionOf({ suggests }: { suggests: string }): DecisionAction | undefined {
  return suggestions.find((action) => action === suggests);
}

type Candidate = { id: string } & Pick<PlaybookContent, "credentialTypes" | "jurisdictions">;

/**
 * The playbook that is most about a credential in a place: one of the very place before one of the
 * country, before one of anywhere; else the fall-back.
 * @param jurisdiction null for certifications, which belong to no place
 */
export function bestPlaybook<C extends Candidate>(
  candidates: readonly C[],
  typeId: string | null,
  jurisdiction: string | null,
): C | undefined {
  const ranked = candidates
    .filter(({ credentialTypes }) => typeId !== null && credentialTypes.includes(typeId))
    .map((candidate) => ({ candidate, nearness: nearness(candidate, jurisdiction) }))
    .filter(({ nearness: rank }) => rank > 0)
    .toSorted((a, b) => b.nearness - a.nearness || (a.candidate.id < b.candidate.id ? -1 : 1));
  return ranked[0]?.candidate ?? candidates.find(({ id }) => id === fallbackPlaybook);
}

/** 0 where it does not answer for the place; without a place all answer alike. */
function nearness({ jurisdictions }: Candidate, place: string | null): number {
  if (place === null) return 1;
  const ranks = jurisdictions.map((pattern) => {
    if (!jurisdictionMatches(pattern, place)) return 0;
    if (pattern === place) return 3;
    return pattern === "*" ? 1 : 2;
  });
  return Math.max(0, ...ranks);
}

export type LookedUp = { claimType: ClaimType; compactId: string | null };

/** The playbook of claims that are looked up elsewhere than with the credential's own body. */
export function ownPlaybook({ claimType, compactId }: LookedUp): string | null {
  if (claimType === "exclusion") return "us-oig-leie";
  return claimType === "credential" && compactId !== null ? `compact-${compactId}` : null;
}

/** Claims that some register answers for; the rest is read in what the person sent. */
export function hasRegister({ claimType }: LookedUp): boolean {
  const withRegister: readonly ClaimType[] = [
    "identity",
    "credential",
    "discipline",
    "exclusion",
    "supervision",
  ];
  return withRegister.includes(claimType);
}

/**
 * What is wrong with the address of a register: it is none of the web, or only machines in our own
 * network could open it. Null when it is fine. Nothing is asked of the network.
 */
export function addressFault(address: string): "not-url" | "private-address" | null {
  if (!/^https?:\/\//i.test(address) || /\s/.test(address)) return "not-url";
  const url = URL.canParse(address) ? new URL(address) : null;
  if (url === null || url.username !== "" || url.password !== "") return "not-url";
  // The parser has turned every way to write an IPv4 address into four numbers.
  const host = url.hostname.replace(/\.$/, "");
  if (/^\[|^[\d.]+$/.test(host) || insideNames.test(host)) return "private-address";
  return /^([a-z\d_-]+\.)+[a-z][a-z\d-]*$/.test(host) ? null : "not-url";
}

/** A single word, and endings that only a network of one's own answers. */
const insideNames = /^[^.]*$|\.(localhost|local|internal|intranet|lan|home|corp|test|invalid)$/;

export type PlaybookLine = { name: string; jurisdictions: readonly string[] };

/** @param country two letters, or blank for all @param words anything that stands in the name */
export function isSought(
  { name, jurisdictions }: PlaybookLine,
  { country, words }: { country: string; words: string },
): boolean {
  const inCountry =
    country === "" ||
    jurisdictions.some((pattern) => pattern === "*" || pattern.slice(0, 2) === country);
  const sought = words.toLowerCase().split(/\s+/).filter(Boolean);
  return inCountry && sought.every((word) => name.toLowerCase().includes(word));
}
