import { beforeAll, expect, test } from "vitest";
import { seedDemo } from "#lib/demo/seed-demo.ts";
import { loadReference } from "#lib/reference/load-reference.ts";
import { todayUtc } from "#lib/vetting/rules.ts";
import { testDatabase } from "../../tests/support/test-database.ts";
import { visibleAmong } from "./visible-among.ts";

const database = testDatabase();
const today = todayUtc();
let ids: string[] = [];

beforeAll(async () => {
  await loadReference(database.db);
  await seedDemo(database.db, { therapists: 30, today });
  ids = (await database.sql<{ id: string }[]>`select id from therapists`).map(({ id }) => id);
});

const stamp = async () => {
  const [row] = await database.sql`select version from directory_version`;
  return `${row?.version} ${today}`;
};

test("what was known is forgotten as soon as the directory moves on", async () => {
  const before = await visibleAmong(ids, today, await stamp(), database.db);
  const [someone = ""] = before;
  expect(before.size).toBeGreaterThan(3);
  expect(await visibleAmong(ids, today, await stamp(), database.db)).toEqual(before);
  await database.sql`update therapists set listing_state = 'suspended' where id = ${someone}`;
  const after = await visibleAmong(ids, today, await stamp(), database.db);
  expect(after.has(someone)).toBe(false);
  expect(after.size).toBe(before.size - 1);
  expect(await visibleAmong(ids, today, null, database.db)).toEqual(after);
});

test("nobody is visible among nobody, and unknown ids are not", async () => {
  expect(await visibleAmong([], today, null, database.db)).toEqual(new Set());
  expect(await visibleAmong(["nobody"], today, "x", database.db)).toEqual(new Set());
});
