import { expect, test } from "vitest";
import { UnavailableError } from "#lib/errors.ts";
import { testDatabase } from "../../tests/support/test-database.ts";
import { openTruth } from "./truth.ts";

const database = testDatabase();

const sessions = async () => {
  const [row] = await database.sql`select count(*)::integer as n from pg_stat_activity
    where datname = current_database()`;
  return row?.n ?? 0;
};

test("looking whether Postgres is back leaves no connection behind", async () => {
  const { circuit } = openTruth(database.url, database.db, { patienceMs: 10_000, pauseMs: 10 });
  const before = await sessions();
  for (let times = 0; times < 8; times += 1) {
    const away = circuit.run(() => Promise.reject(new UnavailableError("postgres")));
    await expect(away).rejects.toMatchObject({ part: "postgres" });
    await expect.poll(() => circuit.isClosed(), { timeout: 20_000 }).toBe(true);
  }
  await expect.poll(sessions, { timeout: 5_000 }).toBe(before);
});
