import { randomBytes } from "node:crypto";
import { sql } from "drizzle-orm";
import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { therapists } from "#db/schema/profiles.ts";
import { personas } from "#db/seed/personas.ts";
import { itemContext } from "#lib/cases/rules.ts";
import { visibleOn } from "#lib/profiles/visible.ts";
import { loadReference } from "#lib/reference/load-reference.ts";
import { unseal } from "#lib/sealing/seal.ts";
import { testDatabase } from "../../tests/support/test-database.ts";
import { prepareDirectory } from "./prepare-directory.ts";
import { seedDemo } from "./seed-demo.ts";

const database = testDatabase();
const today = "2026-11-23";

const count = async (from: string) =>
  Number((await database.sql.unsafe(`select count(*) as n from ${from}`))[0]?.n);

beforeAll(async () => {
  await loadReference(database.db);
  expect(await seedDemo(database.db, { therapists: 300, today })).toBe(300);
});

afterEach(() => {
  vi.unstubAllEnvs();
});

describe("seedDemo", () => {
  it("holds every constraint of the schema", async () => {
    expect(await count("therapists where id like 'demo-%'")).toBe(300);
    expect(await count("people where persona is not null")).toBe(personas.length);
  });

  it("adds nothing when it runs again", async () => {
    const before = await everything();
    expect(await seedDemo(database.db, { therapists: 300, today })).toBe(0);
    expect(await everything()).toBe(before);
  });

  it("leaves alone what a therapist has changed since", async () => {
    await database.sql`update therapists set accepting = not accepting where id = 'demo-000001'`;
    const [before] = await database.sql`select accepting from therapists where id = 'demo-000001'`;
    await seedDemo(database.db, { therapists: 300, today });
    const [after] = await database.sql`select accepting from therapists where id = 'demo-000001'`;
    expect(after?.accepting).toBe(before?.accepting);
  });

  it("grows, and the first ones stay who they were", async () => {
    const first = async () =>
      JSON.stringify(
        await database.sql`select * from checks where therapist_id < 'demo-000301'
        and therapist_id like 'demo-%' order by id`,
      );
    const before = await first();
    expect(await seedDemo(database.db, { therapists: 320, today })).toBe(20);
    expect(await count("therapists where id like 'demo-%'")).toBe(320);
    expect(await first()).toBe(before);
  });

  it("asks for a new index", async () => {
    expect(await count("graphile_worker.jobs where task_identifier = 'directory.reindex'")).toBe(1);
  });
});

describe("what readers would find", () => {
  const visible = async () => {
    const rows = await database.db
      .select({ id: therapists.id })
      .from(therapists)
      .where(visibleOn(today));
    return rows.map(({ id }) => id);
  };

  it("shows most of them, and none of those who should be hidden", async () => {
    const ids = await visible();
    expect(ids.filter((id) => id.startsWith("demo-")).length).toBeGreaterThan(250);
    for (const persona of personas.filter((each) => each.listing)) {
      const shown = [
        "listed",
        "unconfirmed",
        "openings-unknown",
        "expiring",
        "conditions",
        "editing",
      ];
      expect(ids.includes(persona.id), persona.id).toBe(
        shown.includes(persona.listing?.situation ?? ""),
      );
    }
  });

  it("has someone for EMDR by video in California in Spanish", async () => {
    const rows = await database.db.execute<{ name: string }>(sql`
      select r.display_name as name from profile_revisions r
      join credentials k on k.therapist_id = r.therapist_id and k.jurisdiction = 'US-CA'
      where r.state = 'live' and r.therapist_id in ${await visible()}
        and (select count(*) from revision_terms t where t.revision_id = r.id
          and ((t.kind = 'modality' and t.term_id = 'emdr')
            or (t.kind = 'format' and t.term_id = 'video')
            or (t.kind = 'language' and t.term_id = 'es' and t.level = 'therapy'))) = 3`);
    expect(rows.length).toBeGreaterThan(1);
  });
});

describe("rules of vetting that the demo keeps", () => {
  it("never has two looks by one person, nor a look at oneself", async () => {
    expect(await count("checks where second_reviewer_id = checker_id")).toBe(0);
    expect(
      await count(`checks c join therapists t on t.id = c.therapist_id
        where t.person_id in (c.checker_id, c.second_reviewer_id)`),
    ).toBe(0);
    expect(await count("checks where state = 'rejected' and second_reviewer_id is null")).toBe(0);
  });

  it("replaces a look only by a later one of the same claim", async () => {
    expect(await count("checks where supersedes_id is not null")).toBeGreaterThan(10);
    expect(
      await count(`checks c join checks o on o.id = c.supersedes_id
        where o.credential_id is distinct from c.credential_id or o.checked_on >= c.checked_on`),
    ).toBe(0);
  });

  it("has looks of every kind of state that readers or moderators meet", async () => {
    await seedDemo(database.db, { therapists: 1_500, today });
    const rows = await database.sql`select distinct state from checks`;
    expect(rows.map((row) => row.state).sort()).toEqual([
      "attested",
      "disputed",
      "in-review",
      "needs-info",
      "rejected",
      "unable-to-verify",
      "verified",
      "verified-with-conditions",
    ]);
  });
});

describe("what moderators find", () => {
  it("is a queue with every open look of what was sent", async () => {
    expect(await count("cases where closed_at is null and kind = 'submission'")).toBe(
      await count("profile_revisions where state in ('submitted', 'changes-requested')"),
    );
    expect(
      await count(`checks k join therapists t on t.id = k.therapist_id
        where k.state in ('attested', 'in-review', 'needs-info') and k.case_id is null
          and t.listing_state = 'pending'`),
    ).toBe(0);
    expect(await count("cases where kind = 'complaint'")).toBe(
      await count("therapists where listing_state = 'suspended'"),
    );
  });

  it("invents nothing that was done", async () => {
    expect(await count("audit_events")).toBe(0);
  });

  it("asks in words that can be opened, where there is a key to seal them with", async () => {
    expect(await count("case_items")).toBe(0);
    vi.stubEnv("MASTER_KEY", randomBytes(32).toString("base64"));
    await database.sql`truncate people cascade`;
    await seedDemo(database.db, { therapists: 1, today });
    const [item] =
      await database.sql`select * from case_items where case_id = 'nia-needs-info-case'`;
    expect(unseal(item?.sealed_question, itemContext(item?.id))).toContain("Please send");
  });
});

describe("prepareDirectory", () => {
  it("does not touch a database that people already use", async () => {
    const before = await everything();
    const result = await prepareDirectory(database.url, { demo: true });
    expect(result.seeded).toBe(false);
    expect(result.therapists).toBe(await count("therapists"));
    expect(await everything()).toBe(before);
  });
});

async function everything(): Promise<string> {
  const tables = [
    "people",
    "therapists",
    "profile_revisions",
    "revision_terms",
    "practice_statements",
  ];
  const more = ["credentials", "trainings", "checks", "contact_ways", "reference_terms"];
  return JSON.stringify(await Promise.all([...tables, ...more].map((table) => count(table))));
}
