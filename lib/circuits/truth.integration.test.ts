import { afterAll, beforeAll, expect, test } from "vitest";
import { type Connection, connect } from "#db/client.ts";
import { faultyProxy } from "../../tests/support/faulty-proxy.ts";
import { testDatabase } from "../../tests/support/test-database.ts";
import { openTruth, type Truth } from "./truth.ts";

const database = testDatabase();
let proxy: Awaited<ReturnType<typeof faultyProxy>>;
let readers: Connection;
let truth: Truth;

beforeAll(async () => {
  proxy = await faultyProxy(new URL(database.url));
  const url = Object.assign(new URL(database.url), { host: `127.0.0.1:${proxy.port}` }).href;
  readers = connect(url, { max: 2 });
  truth = openTruth(url, readers.db, { patienceMs: 200, pauseMs: 10 });
});
afterAll(async () => {
  await readers.sql.end({ timeout: 0 });
  await proxy.close();
});

const ask = () => truth.circuit.run(() => readers.sql`select 1`.execute());
const sessions = async () => {
  const [row] = await database.sql`select count(*)::integer as n from pg_stat_activity
    where datname = current_database()`;
  return row?.n;
};

test("looking whether Postgres is back leaves no connection behind", async () => {
  await ask();
  const before = await sessions();
  for (let times = 0; times < 8; times += 1) {
    await proxy.become("gone");
    await expect(ask()).rejects.toMatchObject({ part: "postgres" });
    await proxy.become("well");
    await expect.poll(() => truth.circuit.isClosed()).toBe(true);
    await ask();
  }
  await expect.poll(sessions).toBeLessThanOrEqual(before + 1);
});
