import type { schema } from "#db/schema/all.ts";
import { totpContext } from "#lib/auth/confirm-totp.ts";
import { answerContext, appealContext, itemContext, messageContext } from "#lib/cases/rules.ts";
import { mailContext } from "#lib/email/enqueue-mail.ts";
import { abuseContext } from "#lib/enquiries/rules.ts";
import { keyContext, nameContext } from "#lib/evidence/rules.ts";
import { reasonContext } from "#lib/holds/rules.ts";
import { factsContext } from "#lib/registers/seal-facts.ts";
import { reportContext } from "#lib/reports/receive-report.ts";
import { legalNameContext } from "#lib/revisions/queries.ts";
import { earlierKeyContext } from "#lib/sealing/kept-hash.ts";
import { type At, type ColumnOf, type Place, placesIn } from "./places.ts";

/** Columns that are called so, and two that are sealed under another name. */
type Sealed<T extends keyof typeof schema> = Extract<
  ColumnOf<T>,
  `sealed${string}` | "wrappedKey" | (T extends "registerFindings" ? "facts" : never)
>;

type SealedPlace<T extends keyof typeof schema> = At<T> & {
  /** Whose id the text is sealed for; the row's key where nothing is said. */
  of?: ColumnOf<T>;
  context: (id: string) => string;
};

type Registry = {
  [T in keyof typeof schema as Sealed<T> extends never ? never : T]: {
    [C in Sealed<T>]: SealedPlace<T>;
  };
};

/**
 * Everything in the database that is sealed with the master key, and what for. A new column that is
 * called `sealed…` does not compile until it is here.
 */
const registry: Registry = {
  totpSecrets: {
    sealedSecret: { key: "personId", context: totpContext },
  },
  therapists: { sealedLegalName: { key: "id", context: legalNameContext } },
  caseItems: {
    sealedQuestion: { key: "id", context: itemContext },
    sealedAnswer: { key: "id", context: answerContext },
  },
  caseMessages: { sealedBody: { key: "id", context: messageContext } },
  appeals: { sealedWords: { key: "caseId", context: appealContext } },
  evidence: {
    sealedName: { key: "id", context: nameContext },
    wrappedKey: { key: "id", context: keyContext },
  },
  legalHolds: { sealedReason: { key: "id", context: reasonContext } },
  reports: { sealedWords: { key: "id", context: reportContext } },
  abuseNotes: { sealedWords: { key: "id", context: abuseContext } },
  mails: { sealedBody: { key: "id", context: mailContext } },
  registerFindings: {
    facts: { key: "id", of: "therapistId", inside: "sealed", context: factsContext },
  },
  earlierKeys: { sealedKey: { key: "mark", context: earlierKeyContext } },
};

type LooseEntry = { key: string; of?: string; inside?: string; context: (id: string) => string };

export type SealedColumn = Place & { context: (id: string) => string };

export const sealedColumns: readonly SealedColumn[] = placesIn<LooseEntry>(registry);
