import { loadModule, type Node, parseSync, type RawStmt } from "libpg-query";
import { outsideMark } from "#db/read-migrations.ts";

await loadModule();

export type Statement = {
  line: number;
  node: Node;
  /** What the comments right above it say of it; see `notes`. */
  notes: { contract: string | null; few: boolean };
};

export type MigrationFile = { tag: string; outside: boolean; statements: Statement[] };

/** What a comment above a statement can say, and the reason behind the colon is asked for. */
const contract = /^-- contract since (\S+): \S/m;
const few = /^-- few rows: \S/m;

/** Reads a migration with the parser of Postgres itself. @throws with the line that it cannot read */
export function readStatements(tag: string, text: string): MigrationFile {
  const bytes = Buffer.from(text);
  const lineAt = (offset: number) => bytes.subarray(0, offset).toString().split("\n").length;
  let end = 0;
  const statements = parse(tag, text).map(({ stmt, stmt_location = 0, stmt_len = 0 }) => {
    const above = bytes.subarray(end, stmt_location).toString();
    end = stmt_location + (stmt_len || bytes.length - stmt_location);
    return {
      line: lineAt(stmt_location),
      node: stmt as Node,
      notes: { contract: contract.exec(above)?.[1] ?? null, few: few.test(above) },
    };
  });
  return { tag, outside: text.split("\n", 1)[0]?.trim() === outsideMark, statements };
}

function parse(tag: string, text: string): RawStmt[] {
  try {
    return parseSync(text).stmts ?? [];
  } catch (error) {
    const at = (error as { sqlDetails?: { cursorPosition?: number } }).sqlDetails?.cursorPosition;
    const line = text.slice(0, at ?? 0).split("\n").length;
    throw new Error(`${tag}:${line}: ${error instanceof Error ? error.message : error}`);
  }
}
