/** Why a submission cannot be accepted yet. */
export const acceptBlockers = [
  "open-looks",
  "no-identity",
  "no-right-to-practise",
  "statements-not-accepted",
  "one-reviewer",
] as const;

export type AcceptBlocker = (typeof acceptBlockers)[number];

/** What is known of the looks that a listing rests on, if the submission were accepted. */
export type Standing = {
  openLooks: number;
  identity: boolean;
  rights: number;
  statements: boolean;
  /** Everyone who signed one of them. */
  reviewers: readonly string[];
};

/**
 * What stands in the way of accepting. Nothing that a single person looked at is ever listed.
 * @param acceptedBy who would accept: counts as one of the two
 */
export function blockersOf(standing: Standing, acceptedBy: string): AcceptBlocker[] {
  const people = new Set([...standing.reviewers, acceptedBy]);
  const found: [AcceptBlocker, boolean][] = [
    ["open-looks", standing.openLooks > 0],
    ["no-identity", !standing.identity],
    ["no-right-to-practise", standing.rights === 0],
    ["statements-not-accepted", !standing.statements],
    ["one-reviewer", people.size < 2],
  ];
  return found.filter(([, stands]) => stands).map(([blocker]) => blocker);
}
