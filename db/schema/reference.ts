import { sql } from "drizzle-orm";
import { check, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { issuerKinds, termKinds } from "../vocabulary.ts";
import { oneOf, wordOf } from "./columns.ts";

/** Ids of the reference data, so that profiles can refer to nothing else. Words stay in the files. */
export const referenceTerms = pgTable(
  "reference_terms",
  { kind: wordOf(termKinds).notNull(), id: text().notNull() },
  (t) => [
    primaryKey({ columns: [t.kind, t.id] }),
    oneOf("reference_terms_kind_known", t.kind, termKinds),
  ],
);

/** Places that license therapists or that a reader can be in: ISO 3166-2, such as `US-CA`. */
export const jurisdictions = pgTable(
  "jurisdictions",
  { code: text().primaryKey(), country: text().notNull() },
  (t) => [check("jurisdictions_code_of_country", sql`${t.code} like ${t.country} || '-%'`)],
);

export const credentialTypes = pgTable(
  "credential_types",
  { id: text().primaryKey(), issuerKind: wordOf(issuerKinds).notNull() },
  (t) => [oneOf("credential_types_issuer_kind_known", t.issuerKind, issuerKinds)],
);
