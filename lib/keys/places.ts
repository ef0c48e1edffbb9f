import { getTableName, type SQL, sql } from "drizzle-orm";
import { toSnakeCase } from "drizzle-orm/casing";
import type { PgColumn, PgTable } from "drizzle-orm/pg-core";
import { schema } from "#db/schema/all.ts";

type Tables = typeof schema;
export type ColumnOf<T extends keyof Tables> = keyof Tables[T]["_"]["columns"] & string;

export type At<T extends keyof Tables> = {
  /** By which one row is told from another. */
  key: ColumnOf<T>;
  /** The field within, where the column holds JSON. */
  inside?: string;
};

/** What a registry says of a column. */
type Entry = { key: string; of?: string; inside?: string };

/** A column whose texts change with the master key, as SQL needs it. */
export type Place = {
  /** `table.column`, for people. */
  name: string;
  table: PgTable;
  key: PgColumn;
  of: PgColumn;
  column: PgColumn;
  inside: string | undefined;
};

type Registry<E> = { [table: string]: { [column: string]: E } };

/** A registry as a list. */
export function placesIn<E extends Entry>(registry: Registry<E>): (Place & Omit<E, keyof Place>)[] {
  return Object.entries(registry).flatMap(([name, columns]) => {
    const table = (schema as Record<string, PgTable>)[name] as PgTable;
    const columnOf = (column: string) => (table as unknown as Record<string, PgColumn>)[column];
    return Object.entries(columns).map(([column, entry]) => ({
      ...entry,
      name: `${getTableName(table)}.${toSnakeCase(column)}`,
      table,
      key: columnOf(entry.key) as PgColumn,
      of: columnOf(entry.of ?? entry.key) as PgColumn,
      column: columnOf(column) as PgColumn,
      inside: entry.inside,
    }));
  });
}

/** The text at a place, in a statement about its table. */
export function textAt({ column, inside }: Place): SQL<string> {
  return inside === undefined ? sql`${column}` : sql`${column}->>${inside}`;
}

/** What the column is set to so that another text stands there, for an update. */
export function textSet({ column, inside }: Place, text: SQL): SQL {
  const whole =
    inside === undefined
      ? text
      : sql`jsonb_set(${column}, array[${inside}::text], to_jsonb(${text}))`;
  return sql`${sql.identifier(toSnakeCase(column.name))} = ${whole}`;
}
