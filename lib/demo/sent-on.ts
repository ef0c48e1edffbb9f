import { addDays, type Day } from "#lib/vetting/rules.ts";
import type { Portrait } from "./portrait.ts";
import { situations } from "./situations.ts";

/** The day on which what moderators have before them was sent; null for everyone else. */
export function sentOn({ situation, draw, today }: Portrait): Day | null {
  const { revision } = situations[situation];
  if (revision !== "submitted" && revision !== "changes-requested") return null;
  return addDays(today, -draw("sent").int(6, 27));
}
