import { type Place, placesIn } from "./places.ts";

/**
 * Every hash that lasts and was made with the master key (`keptHash`). What was hashed is known
 * nowhere, so these are hashed once more with each new key.
 */
export const hashColumns: readonly Place[] = placesIn({
  recoveryCodes: { codeHash: { key: "id" } },
  neverContact: { addressHash: { key: "addressHash" } },
  registerFindings: { factsHash: { key: "id" } },
  reports: { sameWords: { key: "id" } },
  checks: { claim: { key: "id", inside: "registerNameMark" } },
});
