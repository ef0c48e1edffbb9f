import { openSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import postgres from "postgres";
import { type OwnWeb, startWeb } from "../e2e/own-web.ts";
import { meiliPid, site, upFile } from "../support/running-site.ts";
import { formsOf, makeNeedle } from "./needle.ts";
import { type Finds, searchEverywhere } from "./places.ts";
import { readerSession, type Statuses } from "./reader-session.ts";
import { attemptsToLeave } from "./way-out.ts";

test.skip(!site.home, "needs a site of its own, as `npm test -- promises` gives it");
test.describe.configure({ mode: "default" });

const word = makeNeedle();
const planted = makeNeedle();
const since = Date.now();
const preload = (name: string) => ({ NODE_OPTIONS: `--import=./tests/promises/${name}.ts` });

const webs: OwnWeb[] = [];
const statuses: Statuses = new Map();
let came = 0;
let finds: Finds;
let left: number;
let leftByBreach: number;

test.beforeAll(async () => {
  test.setTimeout(400_000);
  const start = async (name: string, setting: Record<string, string>) => {
    const words = openSync(join(site.home, "logs", `${name}.log`), "a");
    const web = await startWeb(() => ({ TMPDIR: join(site.home, "tmp"), ...setting }), { words });
    webs.push(web);
    return `http://127.0.0.1:${web.port}`;
  };
  const noSearch = await start("no-search", { MEILI_URL: "http://127.0.0.1:1" });
  const noData = await start("no-data", { DATABASE_URL: "postgres://nobody@127.0.0.1:1/none" });

  const before = attemptsToLeave();
  await readers(150, site.url);
  process.kill(meiliPid(), "SIGSTOP");
  const frozen = readers(4, site.url).finally(() => process.kill(meiliPid(), "SIGCONT"));
  await Promise.all([frozen, readers(26, noSearch), readers(20, noData)]);
  left = attemptsToLeave() - before;

  const logged = await start("breach", preload("access-log"));
  await readerSession(logged, planted);
  await start("breach-away", preload("call-home"));
  await expect
    .poll(() => attemptsToLeave() - before - left)
    .toBeGreaterThan(site.noWayOut ? 1 : -1);
  leftByBreach = attemptsToLeave() - before - left;
  const sql = postgres(upFile().migrationDatabaseUrl, { max: 1, onnotice: () => {} });
  await sql`create table planted as select ${planted} || repeat(' and more of it', 500) as said`;
  const began = performance.now();
  finds = await searchEverywhere([formsOf(word), formsOf(planted)], {
    pids: webs.map(({ pid }) => pid),
    since,
  });
  await sql`drop table planted`;
  await sql.end();
  const seconds = Math.round((performance.now() - began) / 1000);
  const size = Math.round(finds.bytes / 1_000_000);
  const asked = JSON.stringify(Object.fromEntries([...statuses].sort(([a], [b]) => a - b)));
  console.log(`answers by status: ${asked}`);
  console.log(`searched ${finds.places} places, ${size} MB unpacked, in ${seconds} s`);
});

test.afterAll(async () => {
  await Promise.all(webs.map((web) => web.stop()));
});

/** So many of them, some at a time. */
async function readers(count: number, url: string): Promise<void> {
  const waiting = Array.from({ length: count }, (_, at) => `${word}${came + at}`);
  came += count;
  const next = async (): Promise<void> => {
    for (let each = waiting.pop(); each !== undefined; each = waiting.pop()) {
      for (const [status, times] of await readerSession(url, each)) {
        statuses.set(status, (statuses.get(status) ?? 0) + times);
      }
    }
  };
  await Promise.all(Array.from({ length: 20 }, next));
}

test("two hundred readers were answered in every way that there is", () => {
  for (const status of [200, 303, 400, 403, 404, 405, 410, 413, 422, 431, 503]) {
    expect.soft(statuses.get(status) ?? 0, String(status)).toBeGreaterThan(19);
  }
  expect(statuses.get(500) ?? 0).toBe(0);
});

test("nothing of them is in any file, table, index, log, or process", () => {
  expect(Object.fromEntries(finds.found[0] ?? [])).toEqual({});
});

test("control: an access log is found, plain, packed, and in what a process says", () => {
  const where = [...(finds.found[1]?.keys() ?? [])];
  expect(where).toContain(join(site.dataDir, "access.log"));
  expect(where).toContain(join(site.dataDir, "access.log.gz"));
  expect(where).toContain(join(site.home, "logs", "breach.log"));
});

test("control: a table is found, and the files that it lies in", () => {
  const where = [...(finds.found[1]?.keys() ?? [])];
  expect(where).toContain("table public.planted");
  expect(where.filter((path) => /\/pg_wal\//.test(path)).length).toBeGreaterThan(0);
  expect(where.filter((path) => /\/base\//.test(path)).length).toBeGreaterThan(0);
});

test.describe("on a network without a way out", () => {
  test.skip(!site.noWayOut, "needs root and `unshare -n`, as on a Linux machine of one's own");

  test("nothing tried to leave while they were there", () => {
    expect(left).toBe(0);
  });

  test("control: one call home is seen, and so is one that only asks for a name", () => {
    expect(leftByBreach).toBeGreaterThan(1);
  });
});
