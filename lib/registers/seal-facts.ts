import { type HashKeys, hashesUnder, keptHash } from "#lib/sealing/kept-hash.ts";
import { seal, unseal } from "#lib/sealing/seal.ts";
import type { Proposal } from "./connector.ts";
import type { Facts } from "./schema.ts";

/**
 * What a register shows of someone is often their legal name, and leads to it otherwise: it lies
 * sealed like the name itself, as the one field of the column.
 */
export function sealFacts(therapistId: string, facts: Facts): { sealed: string } {
  return { sealed: seal(JSON.stringify(facts), factsContext(therapistId)) };
}

export function openFacts(therapistId: string, { sealed = "" }: Record<string, string>): Facts {
  return JSON.parse(unseal(sealed, factsContext(therapistId)));
}

/** The same for the same answer; the day of the source is left out. */
export function hashOf(sourceId: string, proposal: Proposal): string {
  return keptHash(sameness(sourceId, proposal), "register-finding");
}

/** In all the forms in which it may have been kept. */
export function hashesOf(sourceId: string, proposal: Proposal, keys: HashKeys): string[] {
  return hashesUnder(keys, sameness(sourceId, proposal), "register-finding");
}

function sameness(sourceId: string, { strength, statusText, facts }: Proposal): string {
  return JSON.stringify([sourceId, strength, statusText, Object.entries(facts).toSorted()]);
}

export function factsContext(therapistId: string): string {
  return `register-facts:${therapistId}`;
}
