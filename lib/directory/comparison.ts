import { openAddress, sealAddress } from "#lib/sealing/sealed-address.ts";
import { maxCompared } from "./schema.ts";

/** Whom to set side by side, in the order in which they were asked for. */
export type Comparison = { slugs: readonly string[]; problems: readonly ComparisonProblem[] };

export type ComparisonProblem = "same-twice" | "too-many";

/** Longer than any slug: whatever is longer names nobody. */
const maxSlugLength = 200;
/** The number goes up when `Comparison` changes shape. */
const purpose = "compare 1";

/** Never throws: of what is too much, the first few count. */
export function readComparison(asked: readonly string[]): Comparison {
  const given = asked.filter((slug) => slug !== "").map((slug) => slug.slice(0, maxSlugLength + 1));
  const different = [...new Set(given)];
  const problems: ComparisonProblem[] = [];
  if (different.length < given.length) problems.push("same-twice");
  if (different.length > maxCompared) problems.push("too-many");
  return { slugs: different.slice(0, maxCompared), problems };
}

/** As the value of `s` in an address, of which it tells nothing. */
export function sealComparison(comparison: Comparison, now?: number): string {
  return sealAddress(JSON.stringify(comparison), purpose, now);
}

/** Null when it has lapsed or is none of ours. */
export function openComparison(sealed: string, now?: number): Comparison | null {
  const opened = openAddress(sealed, purpose, now);
  // Nobody but us can seal, so what opens has our shape.
  return opened === null ? null : (JSON.parse(opened) as Comparison);
}
