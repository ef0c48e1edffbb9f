import { beforeEach, describe, expect, test } from "vitest";
import { auditEvents } from "#db/schema/audit.ts";
import { testDatabase } from "../../tests/support/test-database.ts";
import { getPublicNumbers } from "./queries.ts";
import type { Series } from "./rules.ts";

const database = testDatabase();
const today = "2026-11-23";

beforeEach(async () => {
  await database.sql`truncate audit_events`;
});

type Told = { verb: string; at: string; details?: Record<string, unknown>; subject?: string };
let made = 0;

async function tell(...events: Told[]): Promise<void> {
  const rows = events.map(({ verb, at, details = {}, subject }) => {
    made += 1;
    const subjectId = subject ?? `subject-${made}`;
    return { verb, at: new Date(at), subjectKind: "thing", subjectId, details };
  });
  await database.db.insert(auditEvents).values(rows);
}

const times = (count: number, event: Told) => Array.from({ length: count }, () => event);
const decided = (action: string, at: string): Told => ({
  verb: "decision.make",
  at,
  details: { action, people: 1 },
});
const closed = (days: number, at: string, details: object = {}): Told => ({
  verb: "case.close",
  at,
  details: { kind: "submission", outcome: "accepted", days, ...details },
});

const numbers = (year: number | null = null, day = today) =>
  getPublicNumbers(year, day, database.db);

async function rowOf(id: Series, year: number | null = null, day = today) {
  const found = await numbers(year, day);
  const row = found?.groups.flatMap(({ rows }) => rows).find((each) => each.id === id);
  return row && { months: row.months, total: row.total };
}

describe("which months", () => {
  test("none of a directory that has not seen the end of a month", async () => {
    expect(await numbers()).toBeNull();
    await tell({ verb: "session.start", at: "2026-11-02T10:00:00Z" });
    expect(await numbers()).toBeNull();
  });

  test("from the one in which it began to the last that is over", async () => {
    await tell({ verb: "session.start", at: "2025-11-30T23:59:59Z" });
    const found = await numbers();
    expect(found).toMatchObject({ year: 2026, years: [2026, 2025], whole: false });
    expect(found?.months.at(-1)).toBe("2026-10");
    expect(await numbers(2025)).toMatchObject({ months: ["2025-11", "2025-12"], whole: true });
    expect(await numbers(2024)).toBeNull();
    expect(await numbers(2027)).toBeNull();
  });
});

describe("counts", () => {
  test("by month in UTC, from the first moment to the last", async () => {
    await tell(
      { verb: "session.start", at: "2026-09-01T00:00:00Z" },
      ...times(5, decided("hide", "2026-09-30T23:59:59.999Z")),
      ...times(6, decided("hide", "2026-10-01T00:00:00Z")),
      ...times(9, decided("hide", "2026-11-01T00:00:00Z")),
    );
    expect(await rowOf("hide")).toEqual({ months: [5, 6], total: null });
  });

  test("no proposals, and nothing of another year", async () => {
    await tell(
      ...times(7, decided("suspend", "2025-12-31T23:59:59Z")),
      ...times(7, { verb: "decision.propose", at: "2026-03-01T00:00:00Z" }),
      ...times(7, decided("suspend", "2027-01-01T00:00:00Z")),
    );
    expect((await rowOf("suspend", 2026))?.months.some((count) => count !== null)).toBe(false);
    expect(await rowOf("suspend", 2025)).toEqual({ months: [7], total: 7 });
  });

  test("reports by kind; of a report that was settled twice the last word of the month", async () => {
    const settle = (verb: string, subject: string, day: string): Told => ({
      verb,
      subject,
      at: `2026-10-${day}T00:00:00Z`,
      details: { kind: "harm" },
    });
    const ids = ["a", "b", "c", "d", "e"];
    await tell(
      ...ids.map(
        (): Told => ({
          verb: "report.receive",
          at: "2026-10-01T00:00:00Z",
          subject: "one-listing",
          details: { kind: "harm" },
        }),
      ),
      ...ids.map((id) => settle("report.dismiss", id, "02")),
      ...ids.map((id) => settle("report.uphold", id, "03")),
    );
    expect(await rowOf("report-harm")).toEqual({ months: [5], total: null });
    expect(await rowOf("report-privacy")).toEqual({ months: [null], total: null });
    expect(await rowOf("report-upheld")).toEqual({ months: [5], total: null });
    expect(await rowOf("report-dismissed")).toEqual({ months: [null], total: null });
  });

  test("small ones are hidden, with the sum that would give them away", async () => {
    await tell(
      ...times(8, decided("remove", "2025-11-05T00:00:00Z")),
      ...times(3, decided("remove", "2025-12-05T00:00:00Z")),
      ...times(5, decided("restore", "2025-11-05T00:00:00Z")),
      ...times(5, decided("restore", "2025-12-05T00:00:00Z")),
    );
    expect(await rowOf("remove", 2025)).toEqual({ months: [8, null], total: null });
    expect(await rowOf("restore", 2025)).toEqual({ months: [5, 5], total: 10 });
  });
});

describe("waiting", () => {
  const waits = [1, 2, 3, 4, 5, 6, 7, 8, 9, 30];

  test("half of them and nine in ten, of what was accepted or turned down", async () => {
    await tell(
      ...waits.map((days) => closed(days, "2026-10-05T00:00:00Z")),
      ...times(10, decided("accept", "2026-10-05T00:00:00Z")),
      closed(400, "2026-10-05T00:00:00Z", { outcome: "withdrawn" }),
      closed(400, "2026-10-05T00:00:00Z", { kind: "complaint", outcome: "rejected" }),
    );
    expect((await numbers())?.waiting).toEqual({
      months: [{ half: 5, nine: 9 }],
      total: { half: null, nine: null },
    });
  });

  test("nothing where too few were decided, and for a year that is over as well", async () => {
    await tell(
      ...waits.slice(0, 4).map((days) => closed(days, "2025-11-05T00:00:00Z")),
      ...times(4, decided("accept", "2025-11-05T00:00:00Z")),
      ...waits.slice(0, 6).map((days) => closed(days, "2025-12-05T00:00:00Z")),
      ...times(6, decided("refuse", "2025-12-05T00:00:00Z")),
    );
    expect((await numbers(2025))?.waiting).toEqual({
      months: [
        { half: null, nine: null },
        { half: 3, nine: null },
      ],
      total: { half: null, nine: null },
    });
  });
});
