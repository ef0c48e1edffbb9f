import { globSync, readFileSync } from "node:fs";
import { getTableColumns, getTableName, is } from "drizzle-orm";
import { toSnakeCase } from "drizzle-orm/casing";
import { PgTable } from "drizzle-orm/pg-core";
import { expect, test } from "vitest";
import { schema } from "#db/schema/all.ts";
import { hashColumns } from "./hash-columns.ts";
import { sealedColumns } from "./sealed-columns.ts";

const sources = globSync("{app,components,lib,scripts}/**/*.{ts,tsx}").filter(
  (path) => !path.includes(".test.") && !path.startsWith("lib/sealing/"),
);
const whoever = (calls: RegExp) =>
  sources
    .filter((path) => {
      const source = readFileSync(path, "utf8");
      return source.includes("lib/sealing/") && calls.test(source);
    })
    .toSorted();

test("whoever seals something is known, so that its column is in the registry", () => {
  expect(whoever(/\bseal(With)?\(/)).toEqual([
    "lib/appeals/appeal-decision.ts",
    "lib/auth/confirm-totp.ts",
    // In a page for half an hour, and nowhere else.
    "lib/auth/offer-totp.ts",
    "lib/cases/ask-for-info.ts",
    "lib/cases/write-message.ts",
    "lib/demo/seal-items.ts",
    "lib/email/enqueue-mail.ts",
    "lib/enquiries/reveal-abuse.ts",
    "lib/evidence/add-evidence.ts",
    "lib/holds/set-hold.ts",
    "lib/keys/rotate-key.ts",
    "lib/keys/turns.ts",
    "lib/questions/answer-items.ts",
    "lib/questions/write-to-moderators.ts",
    "lib/registers/seal-facts.ts",
    "lib/reports/receive-report.ts",
    "lib/revisions/topic-basics.ts",
  ]);
});

test("whoever keeps a keyed hash is known, so that its column is in the registry", () => {
  expect(whoever(/\bkeptHash\(/)).toEqual([
    "lib/auth/make-recovery-codes.ts",
    "lib/email/enqueue-mail.ts",
    "lib/registers/seal-facts.ts",
    "lib/reports/receive-report.ts",
    "lib/revisions/claims-to-check.ts",
  ]);
});

test("what is hashed for hours or days is asked for under both keys", () => {
  const passing = [
    "lib/accounts/ask-address-change.ts",
    "lib/availability/confirmation-link.ts",
    "lib/reports/form-token.ts",
  ];
  expect(whoever(/\bkeyedHash\(/)).toEqual(passing);
  expect(whoever(/\bpassingHashes\(/)).toEqual(
    [...passing, "lib/enquiries/proof-secrets.ts", "lib/reports/receive-report.ts"].toSorted(),
  );
});

test("each column that is called so by its comment or its name is in the registry", () => {
  const tables = Object.values(schema).filter((table) => is(table, PgTable));
  const named = tables.flatMap((table) =>
    Object.entries(getTableColumns(table))
      .filter(([property]) => /^sealed|^wrappedKey$/.test(property))
      .map(([property]) => `${getTableName(table)}.${toSnakeCase(property)}`),
  );
  const known = sealedColumns.map(({ name }) => name);
  expect(named.length).toBeGreaterThan(10);
  expect(known.toSorted()).toEqual([...named, "register_findings.facts"].toSorted());
  expect(new Set([...known, ...hashColumns.map(({ name }) => name)]).size).toBe(
    known.length + hashColumns.length,
  );
});
