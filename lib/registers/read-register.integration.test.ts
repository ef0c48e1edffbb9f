import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import {
  csv,
  cutsOff,
  fails,
  type LeieRow,
  leieCsv,
  type Reply,
  registerServer,
  says,
} from "../../tests/support/register-servers.ts";
import { testDatabase } from "../../tests/support/test-database.ts";
import { leie } from "./leie.ts";
import { readRegister } from "./read-register.ts";
import { roster } from "./roster.ts";
import { registersFile } from "./schema.ts";

const database = testDatabase();
const noWait = async () => {};

beforeEach(async () => {
  await database.sql`delete from register_findings`;
  await database.sql`delete from register_sources`;
  await database.sql`delete from audit_events`;
  await database.sql`delete from graphile_worker._private_jobs`;
});

/** As many different people as wanted. */
const people = (count: number, from = 0): LeieRow[] =>
  Array.from({ length: count }, (_, place) => ({
    LASTNAME: `RUIZ-${letters(from + place)}`,
    FIRSTNAME: "ANA",
  }));
const letters = (number: number) =>
  [...String(number)].map((digit) => "ABCDEFGHIJ".charAt(Number(digit))).join("");

const dated = (text: string, day = "Tue, 10 Nov 2026 08:00:00 GMT") =>
  says(text, { "last-modified": day });

async function read(reply: Reply, today = "2026-11-23") {
  const { url } = await registerServer(reply);
  return readRegister(leie(url, noWait), today, database.db).catch((error) => error.message);
}

const stored = () =>
  database.sql`select source_id, row_hash, fields ->> 'LASTNAME' as name,
    first_seen_on::text, last_seen_on::text from register_rows order by row_hash`;
const source = async () => (await database.sql`select * from register_sources`)[0];
const jobs = async () =>
  (await database.sql`select task_identifier as task from graphile_worker.jobs`).map(
    ({ task }) => task,
  );

test("a file is read as a difference to the last one", async () => {
  expect(await read(dated(leieCsv(people(10))), "2026-10-12")).toEqual({
    rows: 10,
    fresh: 10,
    gone: 0,
  });
  const before = await stored();
  const rows = [...people(9), ...people(3, 10)];
  expect(await read(dated(leieCsv(rows)))).toEqual({ rows: 12, fresh: 3, gone: 1 });
  const after = await stored();
  const stayed = after.filter((row) => row.first_seen_on === "2026-10-12");
  expect(stayed).toHaveLength(9);
  expect(new Set(before.map(({ row_hash }) => row_hash))).toEqual(
    new Set([...stayed.map(({ row_hash }) => row_hash), hashOfGone(before, after)]),
  );
  expect(after.every((row) => row.last_seen_on === "2026-11-23")).toBe(true);
  expect(await source()).toMatchObject({
    id: "leie",
    rows: 12,
    last_error: null,
    source_as_of: "2026-11-10",
  });
  expect(await jobs()).toEqual(["registers.match"]);
});

function hashOfGone(
  before: readonly { row_hash?: string }[],
  after: readonly { row_hash?: string }[],
) {
  return before.find((old) => after.every(({ row_hash }) => row_hash !== old.row_hash))?.row_hash;
}

test("each reading leaves word of its numbers; a row that is there twice is one", async () => {
  await read(dated(leieCsv([...people(4), ...people(4)])));
  const events = await database.sql`select verb, subject_id, details from audit_events`;
  expect(events).toEqual([
    { verb: "register.read", subject_id: "leie", details: { rows: 4, fresh: 4, gone: 0 } },
  ]);
});

test("neither addresses, birth dates nor businesses are kept", async () => {
  const business = { BUSNAME: "CANARY HEALTH LLC", GENERAL: "CANARY CLINIC", NPI: "1234567893" };
  await read(dated(leieCsv([...people(2), business])));
  const all = await database.sql`select fields::text as text from register_rows`;
  expect(all).toHaveLength(2);
  expect(JSON.stringify(all)).not.toMatch(/CANARY|19700101|89501/);
});

describe("what is not whole changes nothing", () => {
  const whole = leieCsv(people(20));

  test.each<[string, Reply]>([
    ["cut-off", cutsOff(whole.slice(0, -30))],
    ["malformed row 21", says(whole.slice(0, -30))],
    ["malformed row 4", says(`${leieCsv(people(2))}RUIZ,ANA\r\n`)],
    ["malformed encoding", says(Buffer.from(`${whole}"MU\u00d1OZ"`, "latin1"))],
    ["wrong-columns LASTNAME", says(whole.replace("LASTNAME", "SURNAME"))],
    ["wrong-columns", says("<h1>Down for maintenance</h1>")],
    ["empty", says("")],
    ["empty", says(leieCsv([]))],
    ["shrunk 20 15", says(leieCsv(people(15)))],
    ["status 500", fails(500)],
    ["status 404", fails(404)],
  ])("%s", async (why, reply) => {
    await read(says(whole), "2026-10-12");
    const before = await stored();
    const [{ last_good_at: lastGood } = {}] =
      await database.sql`select last_good_at from register_sources`;
    await database.sql`delete from audit_events`;
    expect(await read(reply)).toMatch(new RegExp(`^${why}`));
    expect(await stored()).toEqual(before);
    expect(await database.sql`select id from register_sources`).toEqual([{ id: "leie" }]);
    expect(await source()).toMatchObject({ rows: 20, last_good_at: lastGood });
    expect((await source())?.last_error).toMatch(new RegExp(`^${why}`));
    expect(await database.sql`select verb from audit_events`).toEqual([]);
  });

  test("and a good file afterwards is read as if nothing had been", async () => {
    await read(says(whole), "2026-10-12");
    await read(cutsOff(whole.slice(0, -30)));
    expect(await read(says(whole))).toEqual({ rows: 20, fresh: 0, gone: 0 });
    expect(await source()).toMatchObject({ last_error: null });
  });
});

test("what a killed reading left does not get in, and goes after a day", async () => {
  const left = ["leie.next.new", "leie.next.old"];
  await database.sql`insert into register_sources (id, last_tried_at) values
    ('leie.next.new', now() - interval '1 hour'), ('leie.next.old', now() - interval '2 days')`;
  for (const id of left) {
    await database.sql`insert into register_rows values
      (${id}, 'x', '{}', '{}', '2026-01-01', '2026-01-01')`;
  }
  expect(await read(says(leieCsv(people(3))))).toMatchObject({ rows: 3 });
  expect(await database.sql`select id, rows from register_sources order by id`).toEqual([
    { id: "leie", rows: 3 },
    { id: "leie.next.new", rows: null },
  ]);
});

test("two readings at once: both are whole, and the later one stays", async () => {
  await read(says(leieCsv(people(3000))));
  const outcomes = await Promise.all([
    read(says(leieCsv(people(3000, 100)))),
    read(says(leieCsv(people(3000, 200)))),
  ]);
  expect(outcomes).toMatchObject([{ rows: 3000 }, { rows: 3000 }]);
  const names = (await stored()).map(({ name }) => name).sort();
  const sets = [100, 200].map((from) => people(3000, from).map((row) => row.LASTNAME ?? ""));
  expect(sets.map((set) => set.toSorted().join())).toContain(names.join());
});

describe("a roster", () => {
  const settings = (change: object) => {
    const file = {
      registers: [
        {
          id: "us-nv-boards",
          name: "Nevada boards",
          columns: { number: "No", fullName: "Name", status: "Status" },
          active: ["Active"],
          credentialTypes: ["us-lmft"],
          jurisdictions: ["US-NV"],
          ...change,
        },
      ],
    };
    const [first] = registersFile.parse(file).registers;
    if (!first) throw new Error("there are no settings");
    return first;
  };
  const sheet = csv(["Name", "No", "Status", "Home"], [["Muñoz, Ana", "LMFT 0123", "Active", "x"]]);

  test("is read from an address", async () => {
    const { url } = await registerServer(says(sheet.replace("Status", "Standing")), says(sheet));
    const connector = roster(settings({ url, asOf: "2026-11-01" }), noWait);
    const first = readRegister(connector, "2026-11-23", database.db);
    await expect(first).rejects.toThrow("wrong-columns Status");
    await readRegister(connector, "2026-11-23", database.db);
    expect(await database.sql`select keys, fields from register_rows`).toEqual([
      {
        keys: ["munoz|ana", "LMFT0123", "LMFT123"],
        fields: { number: "LMFT 0123", fullName: "Muñoz, Ana", status: "Active" },
      },
    ]);
    expect(await source()).toMatchObject({ source_as_of: "2026-11-01" });
    expect(await jobs()).toEqual([]);
  });

  test("is read from a file", async () => {
    const folder = mkdtempSync(join(tmpdir(), "parasol-roster-"));
    const file = join(folder, "roster.csv");
    const latin = { file, encoding: "windows-1252" };
    try {
      const early = readRegister(roster(settings({ file })), "2026-11-23", database.db);
      await expect(early).rejects.toThrow("no-file ENOENT");
      writeFileSync(file, Buffer.from(sheet, "latin1"));
      const wrong = readRegister(roster(settings({ file })), "2026-11-23", database.db);
      await expect(wrong).rejects.toThrow("malformed encoding");
      const right = await readRegister(roster(settings(latin)), "2026-11-23", database.db);
      expect(right).toMatchObject({ rows: 1 });
      const again = roster(settings({ file: folder }));
      await expect(readRegister(again, "2026-11-23", database.db)).rejects.toThrow(
        "no-file EISDIR",
      );
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
