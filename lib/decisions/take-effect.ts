import type { Db } from "#db/client.ts";
import type { decisions } from "#db/schema/decisions.ts";
import { effectOnAppeal } from "./effect-on-appeal.ts";
import { effectOnCheck } from "./effect-on-check.ts";
import { effectOnListing } from "./effect-on-listing.ts";
import { effectOnRevision } from "./effect-on-revision.ts";

export type DecisionRow = typeof decisions.$inferSelect;

/**
 * What a decision in force changes, inside the transaction that put it in force and holds the locks
 * on therapist and case: states, the end of the case, mail and index, all or none.
 */
export async function takeEffect(decision: DecisionRow, tx: Db): Promise<void> {
  switch (decision.subject) {
    case "check":
      return effectOnCheck(decision, tx);
    case "revision":
      return effectOnRevision(decision, tx);
    case "listing":
      return effectOnListing(decision, tx);
    case "appeal":
      return effectOnAppeal(decision, tx);
  }
}
