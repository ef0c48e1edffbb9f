import { expect, test } from "vitest";
import { readMigrations } from "#db/read-migrations.ts";
import { releases } from "#db/releases.ts";
import { history, migrationProblems } from "./migration-problems.ts";

const released = [
  { version: "0.1.0", commit: "a", migrations: 1 },
  { version: "0.2.0", commit: "b", migrations: 1 },
];
const base = {
  tag: "0000_base",
  when: 1,
  text: `CREATE TABLE people (id text PRIMARY KEY, email text, kind text,
    CONSTRAINT people_kind CHECK (people.kind in ('a', 'b')),
    CONSTRAINT people_email UNIQUE (email),
    CONSTRAINT people_named CHECK (email IS NOT NULL) NOT VALID);
  CREATE INDEX people_by_kind ON people (kind);
  CREATE UNIQUE INDEX people_once ON people (kind, email);
  CREATE FUNCTION look() RETURNS int LANGUAGE sql AS 'select 1';`,
};

/** @returns what is said of the last of these migrations, after a base that is accepted */
function problemsOf(...texts: string[]): string[] {
  const more = texts.map((text, at) => ({ tag: `000${at + 1}_change`, when: at + 2, text }));
  return migrationProblems([base, ...more], released, base.tag);
}

/** Above the last statement, as someone who was refused would write it. */
function withNote(text: string, note: string): string {
  return text.replace(/^(-- outside.*\n|[^;]*; (?=ALTER))?/, `$1\n${note}\n`);
}

const outside = "-- outside a transaction\n";

test.each([
  "ALTER TABLE people DROP COLUMN email;",
  "DROP TABLE people;",
  "DROP FUNCTION look();",
  "ALTER TABLE people ALTER COLUMN email DROP NOT NULL;",
  "ALTER TABLE people ALTER COLUMN kind DROP DEFAULT;",
  "ALTER TABLE people ADD COLUMN age int NOT NULL;",
  "ALTER TABLE people DROP CONSTRAINT people_email;",
  "ALTER TABLE people ADD CONSTRAINT adult CHECK (age > 17) NOT VALID;",
  "ALTER TABLE people ADD CONSTRAINT f FOREIGN KEY (kind) REFERENCES kinds (id) NOT VALID;",
  "ALTER TABLE people DROP CONSTRAINT people_kind; ALTER TABLE people ADD CONSTRAINT people_kind CHECK (people.kind in ('a')) NOT VALID;",
  "CREATE OR REPLACE FUNCTION look() RETURNS int LANGUAGE sql AS 'select 2';",
  `${outside}CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS u ON people (email);`,
])("breaks the release before: %s", (text) => {
  const [problem = "", ...more] = problemsOf(text);
  expect(problem).toContain("-- contract since VERSION: WHY");
  expect(more).toEqual([]);
  const noted = (note: string) => problemsOf(withNote(text, note));
  expect(noted("-- contract since 0.2.0: nothing needs it")).toEqual([]);
  expect(noted("-- contract since 0.3.0: nothing needs it")).toEqual([
    expect.stringContaining("0.3.0 is not released: 0.1.0, 0.2.0"),
  ]);
  expect(noted("-- contract since 0.2.0:")).toHaveLength(1);
  expect(noted("-- few rows: it is short")).toHaveLength(2);
});

test.each([
  "ALTER TABLE people ADD COLUMN token text DEFAULT gen_random_uuid();",
  "ALTER TABLE people ADD COLUMN number serial;",
  "ALTER TABLE people ADD COLUMN whole text GENERATED ALWAYS AS (email || kind) STORED;",
  "ALTER TABLE people ADD COLUMN n int UNIQUE;",
  "ALTER TABLE people ADD COLUMN n int CHECK (n > 1);",
  "ALTER TABLE people ADD COLUMN k text DEFAULT 'a' REFERENCES kinds (id);",
  "CREATE INDEX later ON people (email);",
  "DROP INDEX people_by_kind;",
  "UPDATE people SET kind = 'a';",
  "DELETE FROM people WHERE kind = 'b';",
  "INSERT INTO people SELECT * FROM others;",
  "ALTER TABLE people DROP CONSTRAINT people_kind; ALTER TABLE people ADD CONSTRAINT people_kind CHECK (people.kind in ('a', 'b', 'c'));",
])("holds everyone up: %s", (text) => {
  const [problem = "", ...more] = problemsOf(text);
  expect(problem).toContain("-- few rows: WHY");
  expect(more).toEqual([]);
  expect(problemsOf(withNote(text, "-- few rows: a dozen"))).toEqual([]);
});

test.each([
  ["ALTER TABLE people RENAME COLUMN email TO mail;", "Add the new one beside it"],
  ["ALTER TABLE people RENAME TO persons;", "Add the new one beside it"],
  ["ALTER TABLE people ALTER COLUMN kind TYPE int;", "another type"],
  ["DO $$ BEGIN EXECUTE 'drop table people'; END $$;", "DO block"],
  ["TRUNCATE people;", "no rule yet for TruncateStmt"],
  ["LOCK people;", "no rule yet for LockStmt"],
  ["COMMIT;", "no rule yet for TransactionStmt"],
  ["ALTER TABLE people DISABLE TRIGGER ALL;", "no rule yet for AT_DisableTrigAll"],
  ["CREATE INDEX CONCURRENTLY later ON people (email);", "the first line must be"],
  [`${outside}CREATE INDEX later ON people (email);`, "CONCURRENTLY IF NOT EXISTS"],
  [`${outside}CREATE INDEX CONCURRENTLY ON people (email);`, "with a name"],
  [`${outside}DROP INDEX CONCURRENTLY people_by_kind;`, "IF EXISTS"],
  [`${outside}ALTER TABLE people ADD COLUMN n int;`, "outside a transaction only"],
])("is never right: %s", (text, words) => {
  expect(problemsOf(text)).toEqual([expect.stringContaining(words)]);
  expect(problemsOf(withNote(text, "-- contract since 0.2.0: x"))).not.toEqual([]);
});

test.each([
  "CREATE TABLE kinds (id text PRIMARY KEY NOT NULL, at timestamptz DEFAULT now());",
  "CREATE TABLE n (id int); ALTER TABLE n ADD COLUMN k int NOT NULL; CREATE INDEX i ON n (k); UPDATE n SET k = 1; ALTER TABLE n DROP COLUMN k; DROP INDEX i; DROP TABLE n;",
  "ALTER TABLE people ADD COLUMN note text;",
  "ALTER TABLE people ADD COLUMN tags text[] DEFAULT '{}'::text[] NOT NULL, ADD COLUMN n int NOT NULL DEFAULT 0;",
  "ALTER TABLE people ADD COLUMN at timestamptz DEFAULT now() NOT NULL;",
  "ALTER TABLE people ADD COLUMN k text REFERENCES kinds (id) ON DELETE CASCADE;",
  "ALTER TABLE people ALTER COLUMN kind SET DEFAULT 'a';",
  "ALTER TABLE people DROP CONSTRAINT people_kind; ALTER TABLE people ADD CONSTRAINT people_kind CHECK (people.kind in ('c', 'b', 'a')) NOT VALID;",
  "ALTER TABLE people VALIDATE CONSTRAINT people_named;",
  "ALTER INDEX people_by_kind RENAME TO by_kind;",
  "INSERT INTO people (id) VALUES ('one');",
  "CREATE OR REPLACE FUNCTION other() RETURNS int LANGUAGE sql AS 'select 2';",
  `${outside}CREATE INDEX CONCURRENTLY IF NOT EXISTS later ON people (email);\n--> statement-breakpoint\nDROP INDEX CONCURRENTLY IF EXISTS people_by_kind;`,
])("is free: %s", (text) => {
  expect(problemsOf(text)).toEqual([]);
});

test("not null goes by way of a check that is validated on its own", () => {
  const validate = "ALTER TABLE people VALIDATE CONSTRAINT people_named;";
  const set =
    "-- contract since 0.1.0: always written\nALTER TABLE people ALTER email SET NOT NULL;";
  expect(problemsOf(set)).toEqual([expect.stringContaining("each row is looked at")]);
  expect(problemsOf(`${validate}\n${set}`)).toEqual([]);
  expect(problemsOf(validate, set)).toEqual([]);
  const add =
    "-- contract since 0.1.0: kept\nALTER TABLE people ADD CONSTRAINT k CHECK (kind IS NOT NULL) NOT VALID;";
  const valid = "ALTER TABLE people VALIDATE CONSTRAINT k;";
  expect(problemsOf(`${add}\n${valid}`)).toEqual([
    expect.stringContaining("in the next migration"),
  ]);
  expect(problemsOf(add, valid)).toEqual([]);
});

test("what another migration made is not free any more", () => {
  expect(problemsOf("CREATE TABLE n (id int);", "ALTER TABLE n DROP COLUMN id;")).toEqual([
    expect.stringMatching(/^0002_change:1: n\.id is dropped/),
  ]);
});

test("a line is named, and what cannot be read is named too", () => {
  expect(problemsOf("CREATE TABLE ü (id int);\n\n-- ä\nDROP TABLE people;")[0]).toMatch(
    /^0001_change:4: people is dropped/,
  );
  expect(() => problemsOf("CREATE TABLE n (id int);\nALTER TABEL n;")).toThrow(
    /^0001_change:2: syntax error at or near "TABEL"/,
  );
});

test("notes about nothing, notes that stand apart, and wrong order are told", () => {
  const contract = "-- contract since 0.1.0: x";
  expect(problemsOf(`${contract}\nCREATE TABLE n (id int);`)).toEqual([
    expect.stringContaining("about nothing"),
  ]);
  expect(problemsOf("-- few rows: x\nCREATE TABLE n (id int);")).toHaveLength(1);
  expect(problemsOf(`DROP TABLE people; \n${contract}\n`).join()).toContain("right above one");
  const [one, two] = [base, { tag: "0001_late", when: 1, text: "SELECT 1;" }];
  expect(migrationProblems([one, two], released, two.tag)).toEqual([
    expect.stringContaining("“when”"),
  ]);
});

test("outside a transaction each statement is by itself", () => {
  const index = (name: string) => `CREATE INDEX CONCURRENTLY IF NOT EXISTS ${name} ON people (id);`;
  expect(problemsOf(`${outside}${index("a")}\n${index("b")}`)).toEqual([
    expect.stringContaining("statement-breakpoint"),
  ]);
});

test("what is accepted as history is there, and the rule would have refused some of it", () => {
  const migrations = readMigrations();
  expect(migrations.map(({ tag }) => tag)).toContain(history);
  expect(migrationProblems(migrations, releases())).toEqual([]);
  expect(migrationProblems(migrations, releases(), "none").length).toBeGreaterThan(5);
});
