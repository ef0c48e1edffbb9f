import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { testDatabase } from "../tests/support/test-database.ts";
import { connect } from "./client.ts";
import { people } from "./schema/accounts.ts";

const database = testDatabase();

test("a preparing client answers as any other, and plans each statement once", async () => {
  const { sql: client, db } = connect(database.url, { max: 1, prepare: true });
  await db
    .insert(people)
    .values({ id: "p1", name: "P", email: "p@parasol.example", roles: ["lead"] });
  for (const id of ["p1", "p2", "p3"]) {
    const rows = await db
      .select()
      .from(people)
      .where(sql`${people.id} = any(${sql.param([id])})`);
    expect(rows.map((row) => row.roles)).toEqual(id === "p1" ? [["lead"]] : []);
  }
  const day = await db.execute<{ day: string }>(sql`select ${"2026-11-23"}::date as day`);
  expect(day[0]?.day).toBe("2026-11-23");
  const planned = await client<
    { statement: string }[]
  >`select statement from pg_prepared_statements`;
  expect(planned.filter(({ statement }) => statement.includes('from "people"'))).toHaveLength(1);
  await client.end();
});

test("what a transaction takes back was never there", async () => {
  const { sql: client, db } = connect(database.url, { max: 1, prepare: true });
  await db
    .transaction(async (tx) => {
      await tx.insert(people).values({ id: "gone", name: "G", email: "g@parasol.example" });
      tx.rollback();
    })
    .catch(() => undefined);
  const rows = await db.select({ id: people.id }).from(people).where(sql`${people.id} = 'gone'`);
  expect(rows).toEqual([]);
  await client.end();
});
