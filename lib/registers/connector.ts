import type { Db } from "#db/client.ts";
import type { FindingStrength } from "#db/vocabulary.ts";
import type { Manners } from "./fetch-answer.ts";
import type { Facts } from "./schema.ts";

/** A register that we read by machine. It proposes to moderators and decides nothing. */
export type Connector = {
  /** Such as `nppes` or `csv:us-or-boards`; the key of how it is doing in `register_sources`. */
  id: string;
  /** As its keeper calls it; null where our own words name it. */
  name: string | null;
  /** Its base address, or the path of a file. */
  from: string;
  manners: Manners;
  /** Of registers that are asked about one claim at a time. */
  ask?: {
    fits: (claim: OpenClaim) => boolean;
    /** @throws RegisterError when it does not answer: then nothing is known, for or against */
    look: (claim: OpenClaim, person: Person, db: Db) => Promise<Proposal[]>;
  };
  /** Of registers that are files, read whole from time to time. */
  file?: RegisterFile;
};

export type RegisterFile = {
  everyDays: number;
  /** @throws RegisterError, now or while the rows are read */
  open: () => Promise<{
    /** The day of its content as the source says it. */
    asOf: string | null;
    rows: AsyncIterable<RegisterRow>;
  }>;
};

export type RegisterRow = { keys: string[]; fields: Record<string, string> };

/** Something that a therapist said and nobody has settled yet. */
export type OpenClaim = {
  checkId: string;
  claimType: string;
  credentialId: string | null;
  /** The four of a licence; null for all other claims. */
  typeId: string | null;
  jurisdiction: string | null;
  letters: string | null;
  number: string | null;
};

/** In memory alone: holds a legal name. */
export type Person = {
  therapistId: string;
  displayName: string;
  /** The name that registers know them by; where there is no legal name it is the one shown. */
  registerName: string;
  licences: readonly { jurisdiction: string; letters: string; number: string }[];
  /** NPI numbers that a moderator took for theirs. */
  npis: readonly string[];
};

export type Proposal = {
  strength: FindingStrength;
  /** The register's status, word for word. */
  statusText: string | null;
  sourceAsOf: string | null;
  facts: Facts;
};

/** Every name that a register may have them under. */
export function namesOf({ registerName, displayName }: Person): string[] {
  return [...new Set([registerName, displayName])].filter(Boolean);
}

/** The exclusion list and NPPES are about people with a licence in the US. */
export function isInUs({ licences }: Pick<Person, "licences">): boolean {
  return licences.some(({ jurisdiction }) => jurisdiction.startsWith("US-"));
}
