import { getTableColumns, getTableName, is, SQL, sql } from "drizzle-orm";
import type { PgTable } from "drizzle-orm/pg-core";
import { people } from "#db/schema/accounts.ts";
import { cases } from "#db/schema/cases.ts";
import { credentials, trainings } from "#db/schema/credentials.ts";
import { caseItems, decisions } from "#db/schema/decisions.ts";
import {
  contactWays,
  disclosureCards,
  practiceLocations,
  practiceStatements,
  profileRevisions,
  revisionTerms,
  therapists,
} from "#db/schema/profiles.ts";
import { reports } from "#db/schema/reports.ts";
import { checks } from "#db/schema/vetting.ts";
import type { DemoRows } from "./rows.ts";
import { sealItems } from "./seal-items.ts";

/** In an order that the foreign keys allow. */
const tables = {
  people,
  therapists,
  profileRevisions,
  revisionTerms,
  practiceLocations,
  practiceStatements,
  disclosureCards,
  contactWays,
  credentials,
  trainings,
  cases,
  checks,
  decisions,
  reports,
  caseItems,
} as const satisfies Record<keyof DemoRows, PgTable>;

/** The statements that write the rows of many people, in the order in which they must run. */
export function insertStatements(all: readonly DemoRows[]): SQL[] {
  return (Object.keys(tables) as (keyof DemoRows)[]).flatMap((name) => {
    const rows = all.flatMap((each): object[] =>
      name === "caseItems" ? sealItems(each.caseItems) : each[name],
    );
    return rows.length > 0 ? [insertStatement(tables[name], rows)] : [];
  });
}

/**
 * One parameter for a whole table: Postgres unpacks the rows itself. A parameter for each value
 * would be several times slower, and stops at 65,535 values.
 */
function insertStatement(table: PgTable, rows: readonly object[]): SQL {
  const name = sql.identifier(getTableName(table));
  const keys = [...new Set(rows.flatMap(Object.keys))];
  const columns = sql.join(
    keys.map((key) => sql.identifier(snake(key))),
    sql`, `,
  );
  const missing = defaultsOf(table, keys);
  const json = JSON.stringify(rows.map((row) => snakeKeys({ ...missing, ...row })));
  return sql`insert into ${name} (${columns})
    select ${columns} from json_populate_recordset(null::${name}, ${json}::text::json)`;
}

/** Unpacked rows have every column, so a value that a row leaves out must be said. */
function defaultsOf(table: PgTable, keys: readonly string[]): Record<string, unknown> {
  const columns = Object.entries(getTableColumns(table));
  const known = columns.filter(([key, column]) => keys.includes(key) && !is(column.default, SQL));
  return Object.fromEntries(known.map(([key, column]) => [key, column.default ?? null]));
}

function snakeKeys(row: object): object {
  return Object.fromEntries(Object.entries(row).map(([key, value]) => [snake(key), value]));
}

const snakes = new Map<string, string>();

function snake(key: string): string {
  const known = snakes.get(key) ?? key.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  snakes.set(key, known);
  return known;
}
