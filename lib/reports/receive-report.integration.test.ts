import { randomBytes, randomUUID } from "node:crypto";
import fc from "fast-check";
import { beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { type ReportKind, reportKinds } from "#db/vocabulary.ts";
import { seedDemo } from "#lib/demo/seed-demo.ts";
import { typedOf, typedValue } from "#lib/forms/rules.ts";
import { loadReference } from "#lib/reference/load-reference.ts";
import { unseal } from "#lib/sealing/seal.ts";
import { addDays, todayUtc } from "#lib/vetting/rules.ts";
import { refusal } from "../../tests/support/outcome.ts";
import { testDatabase } from "../../tests/support/test-database.ts";
import { type NewReport, receiveReport, reportContext } from "./receive-report.ts";
import { dailyLimits } from "./rules.ts";

const database = testDatabase();
const today = todayUtc();
let lastEvent = 0;
const canary = "Nightingale-canary";

beforeAll(async () => {
  vi.stubEnv("MASTER_KEY", randomBytes(32).toString("base64"));
  await loadReference(database.db);
  await seedDemo(database.db, { therapists: 0, today });
  return () => vi.unstubAllEnvs();
});
beforeEach(async () => {
  await database.sql`delete from reports`;
  await database.sql`delete from cases`;
  const [last] = await database.sql`select coalesce(max(id), 0)::integer as id from audit_events`;
  lastEvent = last?.id;
});

async function slugOf(persona: string): Promise<string> {
  const [row] = await database.sql<{ slug: string }[]>`
    select t.slug from therapists t join people p on p.id = t.person_id where p.persona = ${persona}`;
  return row?.slug ?? "";
}

async function send(change: Partial<NewReport> & { slug: string }, day = today) {
  const report = { kind: "wrong-facts", words: canary, nonce: randomUUID(), ...change } as const;
  return receiveReport(report, day, database.db);
}

const outcomeOf = (sending: Promise<string>) => sending.catch(refusal);

const rows = () => database.sql`select * from reports order by id`;
const openCases = () =>
  database.sql<{ id: string; kind: string; urgent: boolean }[]>`
    select id, kind, urgent from cases where closed_at is null`;
const events = () =>
  database.sql<{ verb: string }[]>`select * from audit_events where id > ${lastEvent} order by id`;

describe("a report of", () => {
  const personas = [
    ["lia-listed", true],
    ["sam-suspended", false],
    ["paul-paused", false],
    ["dana-draft", false],
    ["pat-pending", false],
    ["remy-removed", false],
    ["stella-stale", false],
    ["xena-expired", false],
    ["nobody", false],
  ] as const;
  const table = reportKinds.flatMap((kind) =>
    personas.map(([persona, visible]) => ({ kind, persona, visible })),
  );

  test.each(table)("$kind about $persona", async ({ kind, persona, visible }) => {
    const slug = persona === "nobody" ? "nobody-at-all" : await slugOf(persona);
    expect(slug).not.toBe("");
    const outcome = await outcomeOf(send({ slug, kind }));
    if (!visible) {
      expect(outcome).toBe("not found");
      expect(await rows()).toEqual([]);
      expect(await openCases()).toEqual([]);
      expect(await events()).toEqual([]);
      return;
    }
    expect(outcome).toBe("received");
    expect(await openCases()).toMatchObject([
      { kind: "complaint", urgent: !["wrong-facts", "not-accepting"].includes(kind) },
    ]);
    expect((await events()).map(({ verb }) => verb)).toEqual(["case.open", "report.receive"]);
    expect((await events())[1]).toMatchObject({
      actor_id: null,
      subject_kind: "therapist",
      details: { kind },
    });
  });
});

test("joins the complaint that is open, and makes it urgent; one that is closed stays so", async () => {
  const slug = await slugOf("lia-listed");
  await send({ slug, kind: "wrong-facts", words: "one" });
  const [first] = await openCases();
  expect(first?.urgent).toBe(false);
  await send({ slug, kind: "harm", words: "two" });
  expect(await openCases()).toEqual([{ ...first, urgent: true }]);
  await database.sql`update cases set closed_at = now(), outcome = 'no-change'`;
  await send({ slug, kind: "wrong-facts", words: "one" });
  const [second] = await openCases();
  expect(second).toMatchObject({ urgent: true });
  expect(second?.id).not.toBe(first?.id);
  expect((await rows()).filter((row) => row.case_id === second?.id)).toHaveLength(1);
});

describe("three within 30 days are urgent, whatever they say", () => {
  test.each([
    ["three that differ", ["a", "b", "c"], 0, true],
    ["two", ["a", "b"], 0, false],
    ["two, and one of them twice", ["a", "b", "B "], 0, false],
    ["two, and one of 29 days ago", ["a", "b", "c"], 29, true],
    ["two, and one of 30 days ago", ["a", "b", "c"], 30, false],
  ] as const)("%s", async (_name, [first, ...others], daysAgo, urgent) => {
    const slug = await slugOf("lia-listed");
    await send({ slug, kind: "not-accepting", words: first });
    await database.sql`update reports set received_on = ${addDays(today, -daysAgo)}`;
    for (const words of others) await send({ slug, kind: "wrong-facts", words });
    expect(await openCases()).toMatchObject([{ urgent }]);
  });

  test("one that a moderator found to be nothing does not count", async () => {
    const slug = await slugOf("lia-listed");
    await send({ slug, words: "a" });
    await database.sql`update reports set upheld = false`;
    await send({ slug, words: "b" });
    await send({ slug, words: "c" });
    expect(await openCases()).toMatchObject([{ urgent: false }]);
    await send({ slug, words: "d" });
    expect(await openCases()).toMatchObject([{ urgent: true }]);
  });
});

describe("once", () => {
  test("the same words by two forms, and the same form twice, are one report", async () => {
    const slug = await slugOf("lia-listed");
    const nonce = randomUUID();
    expect(await send({ slug, nonce })).toBe("received");
    expect(await send({ slug, nonce })).toBe("received");
    expect(await send({ slug, words: `  ${canary.toUpperCase()} ` })).toBe("received");
    expect(await rows()).toHaveLength(1);
    expect((await events()).filter(({ verb }) => verb === "report.receive")).toHaveLength(1);
  });

  test("a form makes no second report, about whomever", async () => {
    const [slug, other] = [await slugOf("lia-listed"), await slugOf("uma-unconfirmed")];
    const nonce = randomUUID();
    expect(await send({ slug, nonce })).toBe("received");
    expect(await send({ slug, nonce, words: "something else" })).toBe("form-used");
    expect(await send({ slug, nonce, kind: "harm" })).toBe("form-used");
    expect(await send({ slug: other, nonce })).toBe("form-used");
    expect(await rows()).toHaveLength(1);
    expect(await openCases()).toHaveLength(1);
  });

  test("without words, one of a kind and a day", async () => {
    const slug = await slugOf("lia-listed");
    for (const kind of ["harm", "harm", "privacy"] as const)
      await send({ slug, kind, words: null });
    expect(await rows()).toHaveLength(2);
    await send({ slug, kind: "harm", words: null }, addDays(today, 1));
    expect(await rows()).toHaveLength(3);
  });

  test("20 at the same moment are one, and one case", async () => {
    const slug = await slugOf("lia-listed");
    await Promise.all(Array.from({ length: 20 }, () => send({ slug })));
    expect(await rows()).toHaveLength(1);
    expect(await openCases()).toHaveLength(1);
  });
});

test("words of any kind come back as they were, and no table holds them readable", async () => {
  const slug = await slugOf("lia-listed");
  const words = fc
    .string({ unit: "binary", minLength: 1, maxLength: 400 })
    .map((text) => typedValue(typedOf([["words", text]]), "words"));
  await fc.assert(
    fc.asyncProperty(words, async (said) => {
      await database.sql`delete from reports`;
      expect(await send({ slug, words: `${canary} ${said}` })).toBe("received");
      const [row] = await rows();
      expect(unseal(row?.sealed_words, reportContext(row?.id))).toBe(`${canary} ${said}`);
    }),
    { numRuns: 50 },
  );
  const everything = await dump();
  expect(everything).toContain("report.receive");
  for (const coded of [canary, canary.toLowerCase(), base64(canary), hex(canary)]) {
    expect(everything).not.toContain(coded);
  }
});

describe("a flood", () => {
  const junk = async (slug: string, kind: ReportKind, posts: number) => {
    const outcomes = new Map<string, number>();
    const left = Array.from({ length: posts }, (_, number) => number);
    const workers = Array.from({ length: 10 }, async () => {
      for (let number = left.pop(); number !== undefined; number = left.pop()) {
        const outcome = await send({ slug, kind, words: `junk ${kind} ${number}` });
        outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
      }
    });
    await Promise.all(workers);
    return Object.fromEntries(outcomes);
  };

  test("of 1,000 leaves 30, and word of harm still arrives", { timeout: 60_000 }, async () => {
    const slug = await slugOf("lia-listed");
    const { ofListing } = dailyLimits;
    expect(await junk(slug, "wrong-facts", 1_000)).toEqual({
      received: ofListing,
      full: 1_000 - ofListing,
    });
    expect(await rows()).toHaveLength(30);
    expect(await send({ slug, kind: "privacy", words: "drowned" })).toBe("full");
    expect(await send({ slug, kind: "harm", words: "heard" })).toBe("received");
    expect(await openCases()).toMatchObject([{ urgent: true }]);
    expect(await send({ slug, kind: "wrong-facts" }, addDays(today, 1))).toBe("received");
  });

  test("of harm leaves 30 as well, and 10 after a flood of something else", async () => {
    const slug = await slugOf("lia-listed");
    expect(await junk(slug, "harm", 60)).toEqual({ received: 30, full: 30 });
    await database.sql`delete from reports`;
    await junk(slug, "privacy", 40);
    expect(await junk(slug, "harm", 40)).toEqual({ received: 10, full: 30 });
  });

  test("over all listings ends at 300, and harm is heard on each", async () => {
    const slug = await slugOf("lia-listed");
    const [other] = await database.sql<{ id: string }[]>`
      select id from therapists where slug <> ${slug} limit 1`;
    await send({ slug, words: "first" });
    await database.sql`
      insert into reports (therapist_id, case_id, kind, received_on, same_words)
      select ${other?.id ?? ""}, (select id from cases limit 1), 'wrong-facts', ${today}, n::text
      from generate_series(1, ${dailyLimits.ofSite - 2}) n`;
    expect(await send({ slug, words: "the last" })).toBe("received");
    expect(await send({ slug, words: "one more" })).toBe("full");
    expect(await send({ slug, kind: "harm", words: "heard" })).toBe("received");
  });

  test("what was kept already is still told so when the day is full", async () => {
    const slug = await slugOf("lia-listed");
    await send({ slug, words: "mine" });
    await junk(slug, "wrong-facts", 40);
    expect(await send({ slug, words: "mine" })).toBe("received");
  });
});

/** Every row of every table of ours and of the queue, as text. */
async function dump(): Promise<string> {
  const tables = await database.sql<{ name: string }[]>`
    select format('%I.%I', table_schema, table_name) as name from information_schema.tables
    where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')`;
  const texts = await Promise.all(
    tables.map(({ name }) => database.sql.unsafe(`select t::text as row from ${name} t`)),
  );
  return texts.flatMap((found) => found.map(({ row }) => row)).join("\n");
}

/** As base64 shows it whatever stands before it: without its first and last letters. */
const base64 = (text: string) => Buffer.from(text).toString("base64").slice(4, -6);
const hex = (text: string) => Buffer.from(text).toString("hex");
