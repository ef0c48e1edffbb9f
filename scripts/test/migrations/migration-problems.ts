import { contractMark } from "#db/read-migrations.ts";
import type { Release } from "#db/releases.ts";
import type { Finding } from "./finding.ts";
import { learn, nothingKnown } from "./known.ts";
import { readStatements, type Statement } from "./read-statements.ts";
import { statementFindings } from "./statement-rules.ts";

/**
 * Migrations up to this one landed before there was the rule. They ran everywhere, or were tried with
 * the release before on a full database (`npm test -- upgrades`), and a migration that ran is never
 * written anew.
 */
export const history = "0008_search_in_postgres";

export type MigrationText = { tag: string; when: number; text: string };

/**
 * What in migrations breaks the release before, or locks a table for long (docs/decisions/0027).
 * @param released the releases, oldest first; a contract step may lean on those alone
 * @returns a line for each breach, with file and line
 */
export function migrationProblems(
  migrations: readonly MigrationText[],
  released: readonly Release[],
  accepted = history,
): string[] {
  const known = nothingKnown();
  const base = migrations.findIndex(({ tag }) => tag === accepted);
  const problems = unorderedProblems(migrations);
  for (const [at, { tag, text }] of migrations.entries()) {
    const file = readStatements(tag, text);
    known.newTables.clear();
    if (file.outside && text.split("--> statement-breakpoint").length !== file.statements.length) {
      problems.push(`${tag}: outside a transaction, a statement-breakpoint stands after each one`);
    }
    const above = file.statements.filter(({ notes }) => notes.contract !== null).length;
    if ([...text.matchAll(contractMark)].length !== above) {
      problems.push(`${tag}: a contract note stands right above one statement, and once`);
    }
    for (const statement of file.statements) {
      const findings = at > base ? statementFindings(statement.node, file, known) : [];
      const lines = [...told(findings, statement, released), ...strayNotes(findings, statement)];
      problems.push(...lines.map((line) => `${tag}:${statement.line}: ${line}`));
      learn(file, statement.node, known);
    }
  }
  return problems;
}

/** Drizzle before us went by the time: a migration that was made earlier than the last never ran. */
function unorderedProblems(migrations: readonly MigrationText[]): string[] {
  return migrations
    .filter(({ when }, at) => when <= (migrations[at - 1]?.when ?? 0))
    .map(
      ({ tag }) => `${tag}: “when” in meta/_journal.json must be later than that of the one before`,
    );
}

function told(
  findings: readonly Finding[],
  { notes }: Statement,
  released: readonly Release[],
): string[] {
  return findings.flatMap(({ kind, why }) => {
    if (kind === "never") return [why];
    if (kind === "locks") {
      return notes.few ? [] : [`${why}. Or say above it: -- few rows: WHY`];
    }
    if (notes.contract === null) {
      return [`${why}. If no release does any more, say above it: -- contract since VERSION: WHY`];
    }
    const names = released.map(({ version }) => version);
    if (names.includes(notes.contract)) return [];
    return [`${why}. ${notes.contract} is not released: ${names.join(", ")}`];
  });
}

/** A note that excuses nothing would raise the floor for nothing, or hide what comes later. */
function strayNotes(findings: readonly Finding[], { notes }: Statement): string[] {
  const has = (kind: Finding["kind"]) => findings.some((one) => one.kind === kind);
  return [
    ...(notes.contract !== null && !has("breaks") ? ["the contract note is about nothing"] : []),
    ...(notes.few && !has("locks") ? ["the note on few rows is about nothing"] : []),
  ];
}
