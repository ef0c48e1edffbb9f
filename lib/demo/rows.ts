import type { people } from "#db/schema/accounts.ts";
import type { credentials, trainings } from "#db/schema/credentials.ts";
import type {
  contactWays,
  disclosureCards,
  practiceLocations,
  practiceStatements,
  profileRevisions,
  revisionTerms,
  therapists,
} from "#db/schema/profiles.ts";
import type { checks } from "#db/schema/vetting.ts";

export type CredentialRow = typeof credentials.$inferInsert;
export type TrainingRow = typeof trainings.$inferInsert;
export type CheckRow = typeof checks.$inferInsert;

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
  checks: CheckRow[];
};
