import type { people } from "#db/schema/accounts.ts";
import type { cases } from "#db/schema/cases.ts";
import type { credentials, trainings } from "#db/schema/credentials.ts";
import type { caseItems, decisions } from "#db/schema/decisions.ts";
import type {
  contactWays,
  disclosureCards,
  practiceLocations,
  practiceStatements,
  profileRevisions,
  revisionTerms,
  therapists,
} from "#db/schema/profiles.ts";
import type { reports } from "#db/schema/reports.ts";
import type { checks } from "#db/schema/vetting.ts";

export type CredentialRow = typeof credentials.$inferInsert;
export type TrainingRow = typeof trainings.$inferInsert;
export type CheckRow = typeof checks.$inferInsert;
export type ItemRow = typeof caseItems.$inferInsert;

/** A question before it is sealed: what is made up is the same each time, and a seal never is. */
export type AskedItem = Omit<ItemRow, "sealedQuestion"> & { id: string; question: string };

/** All rows of some therapists, by table, in an order that the foreign keys allow. */
export type DemoRows = {
  people: (typeof people.$inferInsert)[];
  therapists: (typeof therapists.$inferInsert)[];
  profileRevisions: (typeof profileRevisions.$inferInsert)[];
  revisionTerms: (typeof revisionTerms.$inferInsert)[];
  practiceLocations: (typeof practiceLocations.$inferInsert)[];
  practiceStatements: (typeof practiceStatements.$inferInsert)[];
  disclosureCards: (typeof disclosureCards.$inferInsert)[];
  contactWays: (typeof contactWays.$inferInsert)[];
  credentials: CredentialRow[];
  trainings: TrainingRow[];
  cases: (typeof cases.$inferInsert)[];
  checks: CheckRow[];
  decisions: (typeof decisions.$inferInsert)[];
  reports: (typeof reports.$inferInsert)[];
  caseItems: AskedItem[];
};
