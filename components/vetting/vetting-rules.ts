import type { DecisionAction } from "#db/vocabulary.ts";
import type { DecisionRule } from "#lib/decisions/transitions.ts";
import type { Cadence } from "#lib/vetting/rules.ts";

/** What the code goes by; the page says these and no others. */
export type VettingRules = {
  cadence: Cadence;
  decisions: Readonly<Record<DecisionAction, DecisionRule>>;
};
