import { getTableColumns, is } from "drizzle-orm";
import { PgTable } from "drizzle-orm/pg-core";
import { describe, expect, test } from "vitest";
import { schema } from "#db/schema/all.ts";
import { listPersonalClasses, retentionOrder } from "./classes.ts";
import { columnClasses, columnsOf, elsewhere } from "./columns.ts";

const tables = (Object.keys(schema) as (keyof typeof schema)[]).filter((name) =>
  is(schema[name], PgTable),
);

describe("what is kept, and how long", () => {
  test("tables are read at all, and none is spoken of that is not there", () => {
    expect(tables.length).toBeGreaterThan(30);
    expect(Object.keys(columnClasses).sort()).toEqual([...tables].sort());
  });

  test.each(tables)("each column of %s has a class, and one only", (table) => {
    const said = [...columnsOf(table).values()].flat();
    expect(said.toSorted()).toEqual(Object.keys(getTableColumns(schema[table])).toSorted());
  });

  test("every class holds something, and the privacy page tells of those about people", () => {
    const used = new Set([
      ...tables.flatMap((table) => [...columnsOf(table).keys()]),
      ...Object.values(elsewhere),
    ]);
    expect([...used].toSorted()).toEqual([...retentionOrder].toSorted());
    expect(listPersonalClasses().map(({ name }) => name)).toEqual(
      retentionOrder.filter((name) => name !== "reference" && name !== "operations"),
    );
  });

  test("what is sealed in a table is of no class that is public", () => {
    for (const table of tables) {
      const open = columnsOf(table).get("public-profile") ?? [];
      expect(open.filter((column) => column.startsWith("sealed"))).toEqual([]);
    }
  });
});
