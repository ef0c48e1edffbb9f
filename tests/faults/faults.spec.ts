import { appendFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { expect, test } from "@playwright/test";
import { therapists } from "#db/schema/profiles.ts";
import { visibleOn } from "#lib/profiles/visible.ts";
import { todayUtc } from "#lib/vetting/rules.ts";
import { profileOf } from "../e2e/personas.ts";
import { signIn } from "../e2e/sign-in.ts";
import { addressOf, stateOf } from "../e2e/staff.ts";
import { site } from "../support/running-site.ts";
import { type People, startLoad, type Tally, type WriteKind } from "./load.ts";
import { allParts, clockOff, diskFull, frozen, killed, type Strike } from "./strike.ts";
import { type Counts, chainFault, countWrites, onDatabase, settle } from "./truth.ts";

test.skip(!site.home, "needs a site of its own, as `npm test -- faults` gives it");
test.describe.configure({ mode: "default" });

const day = 24 * 60 * 60_000;
const caseId = "sol-source-down-case";
const casePath = `/moderation/cases/${caseId}`;
const { origin } = new URL(site.url || "http://127.0.0.1");

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
let therapistId: string;
let visible: string[];

test.beforeAll(async ({ browser, playwright }) => {
  test.setTimeout(120_000);
  const page = await browser.newPage();
  await signIn(page, addressOf("lia-listed"));
  const therapistState = await page.context().storageState();
  await page.context().close();
  const contextOf = (storageState?: typeof therapistState | string) =>
    playwright.request.newContext({
      baseURL: site.url,
      extraHTTPHeaders: { origin },
      ...(storageState && { storageState }),
    });
  const moderator = await contextOf(stateOf("mo-moderator"));
  await moderator.post(casePath, { form: { intent: "claim" }, maxRedirects: 0 });
  const slug = profileOf("lia-listed").split("/")[2] ?? "";
  await onDatabase(async (sql, db) => {
    const [own] = await sql<{ id: string }[]>`select id from therapists where slug = ${slug}`;
    therapistId = own?.id ?? "";
    const seen = await db
      .select({ slug: therapists.slug })
      .from(therapists)
      .where(visibleOn(todayUtc()))
      .limit(40);
    visible = seen.map(({ slug }) => `/therapists/${slug}`);
  });
  people = {
    reader: await contextOf(),
    therapist: await contextOf(therapistState),
    moderator,
    profiles: visible,
    casePath,
  };
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
    const row = {
      fault: fault.name,
      ...summaryOf(fault, tally, before, after),
      indexRightAfter: seconds,
    };
    const chain = await chainFault();
    appendFileSync(
      join(site.home, "faults.jsonl"),
      `${JSON.stringify({ ...row, chain: chain ?? "well" })}\n`,
    );

    expect.soft(row.lost, "writes that were acknowledged and are not there").toBe(0);
    expect.soft(row.half, "writes without their audit event, or events without writes").toBe(0);
    expect.soft(row.tooMany, "writes that nobody sent").toBe(0);
    expect.soft(chain).toBeNull();
    expect.soft(await accepting(tally.lastOpening), "what was said last").toBe(true);
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
  return onDatabase((sql) => countWrites(sql, caseId, therapistId));
}

function summaryOf(
  fault: Fault,
  { statuses, unanswered, slowest, slowestOfStaff, writes }: Tally,
  was: Counts,
  is: Counts,
) {
  const sum = { acknowledged: 0, lost: 0, half: 0, tooMany: 0 };
  for (const kind of Object.keys(writes) as WriteKind[]) {
    const { acknowledged, unknown } = writes[kind];
    const rows = is[kind].rows - was[kind].rows;
    const events = is[kind].events - was[kind].events;
    sum.acknowledged += acknowledged;
    sum.lost += Math.max(0, acknowledged - rows);
    sum.tooMany += Math.max(0, rows - acknowledged - unknown);
    sum.half += Math.abs(rows - events);
  }
  const known = [200, 303, 422, 429, 503, ...(fault.signedOut ? [401] : [])];
  const answers = [...statuses.values()].reduce((all, some) => all + some, 0);
  const defects = [...statuses.keys()].filter((status) => !known.includes(status));
  const notNow = statuses.get(503) ?? 0;
  return {
    answers,
    notNow,
    unanswered,
    defects,
    slowest: `${slowest.ms} ms ${slowest.path}`,
    ofStaff: `${slowestOfStaff.ms} ms ${slowestOfStaff.path}`,
    ...sum,
  };
}

/** Whether what the therapist said last is what the directory has; true when nobody can know. */
async function accepting(said: boolean | null): Promise<boolean> {
  if (said === null) return true;
  const [row] = await onDatabase(
    (sql) => sql<{ accepting: boolean }[]>`
      select accepting from therapists where id = ${therapistId}`,
  );
  return row?.accepting === said;
}
