import { appendFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { expect, test } from "@playwright/test";
import { site } from "../support/running-site.ts";
import { gatherPeople } from "./gather-people.ts";
import { type People, startLoad } from "./load.ts";
import { allParts, clockOff, diskFull, frozen, killed, type Strike } from "./strike.ts";
import { isAccepting, sumUp } from "./sum-up.ts";
import { type Counts, chainFault, countWrites, onDatabase, settle, type Written } from "./truth.ts";

test.skip(!site.home, "needs a site of its own, as `npm test -- faults` gives it");
test.describe.configure({ mode: "default" });

const day = 24 * 60 * 60_000;

/** Who may go without an answer, or hear that there is none just now. */
type Fault = {
  name: string;
  strike: Strike;
  /** Lines are broken off, since whoever answers is gone. */
  cut?: true;
  /** "Not just now", on a page of ours. */
  notNow?: true;
  /** Sessions end by the clock, and not by a fault. */
  signedOut?: true;
  /** Only on a small disk of its own. */
  smallDisk?: true;
};

const faults: Fault[] = [
  { name: "Meilisearch is killed", strike: killed("Meilisearch") },
  { name: "Meilisearch says nothing for 8 s", strike: frozen("Meilisearch", 8_000) },
  { name: "Postgres is killed", strike: killed("Postgres"), notNow: true },
  { name: "Postgres says nothing for 8 s", strike: frozen("Postgres", 8_000), notNow: true },
  { name: "the worker is killed", strike: killed("worker") },
  { name: "web is killed", strike: killed("web"), cut: true },
  { name: "the mail server is killed", strike: killed("mail server") },
  { name: "the mail server hangs for 40 s", strike: frozen("mail server", 40_000) },
  { name: "all are killed at once", strike: killed(...allParts), cut: true, notNow: true },
  { name: "the disk is full for 10 s", strike: diskFull(10_000), notNow: true, smallDisk: true },
  { name: "the clock is a day ahead for 15 s", strike: clockOff(day, 15_000), signedOut: true },
  { name: "the clock is a day behind for 15 s", strike: clockOff(-day, 15_000), signedOut: true },
];

let people: People;
let written: Written;

test.beforeAll(async ({ browser, playwright }) => {
  test.setTimeout(120_000);
  ({ people, written } = await gatherPeople(browser, playwright.request));
});

for (const fault of faults) {
  test(fault.name, async () => {
    test.skip(fault.smallDisk === true && !site.smallDisk, "needs root and a disk to fill");
    await settle(60_000);
    const before = await counts();
    const load = startLoad(people);
    await pause(4_000);
    await fault.strike();
    await pause(4_000);
    const tally = await load.stop();
    const seconds = await settle(60_000);
    const after = await counts();
    const known = [200, 303, 422, 429, 503, ...(fault.signedOut ? [401] : [])];
    const sum = sumUp(tally, { was: before, is: after, known });
    const row = { fault: fault.name, ...sum, indexRightAfter: seconds };
    const chain = await chainFault();
    appendFileSync(
      join(site.home, "faults.jsonl"),
      `${JSON.stringify({ ...row, chain: chain ?? "well" })}\n`,
    );

    expect.soft(row.lost, "writes that were acknowledged and are not there").toBe(0);
    expect.soft(row.half, "writes without their audit event, or events without writes").toBe(0);
    expect.soft(row.tooMany, "writes that nobody sent").toBe(0);
    expect.soft(chain).toBeNull();
    expect.soft(await isAccepting(tally.lastOpening, written), "what was said last").toBe(true);
    expect.soft(row.defects, "answers that no page of ours gives").toEqual([]);
    if (!fault.notNow) expect.soft(tally.statuses.get(503) ?? 0, "not just now").toBe(0);
    if (!fault.cut) expect.soft(tally.unanswered, "without an answer").toBe(0);
    if (!fault.signedOut) {
      for (const [kind, { acknowledged }] of Object.entries(tally.writes)) {
        expect.soft(acknowledged, `${kind} writes`).toBeGreaterThan(0);
      }
    }
  });
}

function counts(): Promise<Counts> {
  return onDatabase((sql) => countWrites(sql, written));
}
