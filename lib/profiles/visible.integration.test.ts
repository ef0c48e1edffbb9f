import { eq, sql } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import type { Db } from "#db/client.ts";
import { therapists } from "#db/schema/profiles.ts";
import { seedDemo } from "#lib/demo/seed-demo.ts";
import { loadReference } from "#lib/reference/load-reference.ts";
import { addDays, todayUtc } from "#lib/vetting/rules.ts";
import { testDatabase } from "../../tests/support/test-database.ts";
import { getContactWays, getPublicProfile } from "./queries.ts";
import { visibleOn, visibleUntil } from "./visible.ts";

const database = testDatabase();
const today = todayUtc();
let someone = { id: "", slug: "", until: "" };

beforeAll(async () => {
  await loadReference(database.db);
  await seedDemo(database.db, { therapists: 40, today });
  const [visible] = await database.db
    .select({ id: therapists.id, slug: therapists.slug, until: visibleUntil })
    .from(therapists)
    .where(visibleOn(today))
    .limit(1);
  if (!visible?.until) throw new Error("the demo directory has nobody to see");
  someone = { ...visible, until: visible.until };
});

/** Tries a change in a transaction that never holds. */
async function having<T>(change: ReturnType<typeof sql>, look: (tx: Db) => Promise<T>): Promise<T> {
  let seen: { value: T } | undefined;
  await database.db
    .transaction(async (tx) => {
      await tx.execute(change);
      seen = { value: await look(tx) };
      tx.rollback();
    })
    .catch((error) => {
      if (seen === undefined) throw error;
    });
  if (seen === undefined) throw new Error("nothing was looked at");
  return seen.value;
}

const isVisible = async (db: Db, day = today) => {
  const rows = await db
    .select({ visible: visibleOn(day) })
    .from(therapists)
    .where(eq(therapists.id, someone.id));
  return rows[0]?.visible === true;
};

const yesterday = addDays(today, -1);
const mine = () => sql`therapist_id = ${someone.id}`;
const revision = () =>
  sql`revision_id = (select id from profile_revisions where ${mine()} and state = 'live')`;

const losses: [string, () => ReturnType<typeof sql>][] = [
  ...(["draft", "pending", "paused", "suspended", "removed"] as const).map(
    (state): [string, () => ReturnType<typeof sql>] => [
      `the listing is ${state}`,
      () => sql`update therapists set listing_state = ${state} where id = ${someone.id}`,
    ],
  ),
  [
    "nobody confirmed it for 90 days",
    () =>
      sql`update therapists set confirmed_on = ${addDays(today, -90)}::date where id = ${someone.id}`,
  ],
  [
    "no revision is live",
    () => sql`update profile_revisions set state = 'superseded' where ${mine()} and state = 'live'`,
  ],
  [
    "the identity check ran out",
    () =>
      sql`update checks set valid_until = ${yesterday} where ${mine()} and claim_type = 'identity'`,
  ],
  [
    "the identity check was withdrawn",
    () => sql`update checks set state = 'withdrawn' where ${mine()} and claim_type = 'identity'`,
  ],
  [
    "every right to practise ran out",
    () =>
      sql`update checks set expires_on = ${yesterday} where ${mine()} and track = 'right-to-practise'`,
  ],
  [
    "every licence itself ran out",
    () => sql`update credentials set expires_on = ${yesterday} where ${mine()}`,
  ],
  [
    "every licence was withdrawn",
    () => sql`update credentials set withdrawn_on = ${today} where ${mine()}`,
  ],
  [
    "every licence was edited after it was checked",
    () => sql`update credentials set claim_version = claim_version + 1 where ${mine()}`,
  ],
  [
    "only certifications are left",
    () => sql`update credentials set type_id = 'cert-emdria' where ${mine()}`,
  ],
  [
    "the answers about sex work were never accepted",
    () =>
      sql`update checks set state = 'in-review' where ${mine()} and claim_type = 'practice-statements'`,
  ],
  [
    "a core question is not answered",
    () =>
      sql`delete from practice_statements where ${revision()} and statement_id = 'no-coercion-assumption'`,
  ],
  [
    "a core question is answered with no",
    () => sql`update practice_statements set answer = 'no'
      where ${revision()} and statement_id = 'no-leaving-condition'`,
  ],
];

describe("a therapist is not shown when", () => {
  test.each(losses)("%s", async (_name, change) => {
    expect(await isVisible(database.db)).toBe(true);
    expect(await having(change(), (tx) => isVisible(tx))).toBe(false);
    expect(await having(change(), (tx) => getPublicProfile(someone.slug, today, tx))).toBeNull();
    expect(await having(change(), (tx) => getContactWays(someone.slug, today, tx))).toBeNull();
  });
});

test("a later check replaces the one before it, for better or worse", async () => {
  const replace = sql`
    insert into checks (id, therapist_id, track, claim_type, claim, source_type, method, state,
      checker_id, second_reviewer_id, supersedes_id)
    select 'replacing', therapist_id, track, claim_type, claim, source_type, method, 'rejected',
      checker_id, (select id from people where id <> checker_id limit 1), id
    from checks where ${mine()} and claim_type = 'identity' limit 1`;
  expect(await having(replace, (tx) => isVisible(tx))).toBe(false);
});

test("seen on the last day, and gone on the next", async () => {
  expect(await isVisible(database.db, someone.until)).toBe(true);
  expect(await isVisible(database.db, addDays(someone.until, 1))).toBe(false);
});

test("a public profile holds nothing that is only for staff", async () => {
  await database.db.execute(
    sql`update checks set private_note = 'canary-note', evidence_ref = 'canary-ref'`,
  );
  const profile = JSON.stringify(await getPublicProfile(someone.slug, today, database.db));
  expect(profile).toContain(someone.slug);
  expect(profile).not.toContain("canary");
  const [person] =
    await database.sql`select p.email, p.id from people p join therapists t on t.person_id = p.id
    where t.id = ${someone.id}`;
  expect(profile).not.toContain(person?.email);
  expect(profile).not.toContain(`"${person?.id}"`);
});

describe("the database itself refuses", () => {
  test.each([
    [
      "one person as both reviewers",
      () =>
        sql`update checks set second_reviewer_id = checker_id where ${mine()} and checker_id is not null`,
      "checks_two_different_people",
    ],
    [
      "affirming practice on one person's word",
      () =>
        sql`update checks set second_reviewer_id = null where ${mine()} and claim_type = 'practice-statements'`,
      "checks_affirming_takes_two",
    ],
    [
      "a verdict from a register that was down",
      () =>
        sql`update checks set decision_code = 'source-down' where ${mine()} and state = 'verified'`,
      "checks_source_down_decides_nothing",
    ],
    [
      "a second live revision",
      () => sql`insert into profile_revisions
        (therapist_id, number, state, display_name, headline, approach, about, published_on)
        values (${someone.id}, 99, 'live', 'x', 'x', 'x', 'x', ${today})`,
      "profile_revisions_one_live",
    ],
    [
      "an address where only the town may be shown",
      () => sql`update practice_locations set precision = 'city', address = '1 Example Street'`,
      "practice_locations_hides_address",
    ],
    [
      "a modality that nobody knows",
      () => sql`insert into revision_terms (revision_id, kind, term_id)
        select id, 'modality', 'astrology' from profile_revisions limit 1`,
      "revision_terms_kind_term_id",
    ],
    [
      "a listing state that nobody knows",
      () => sql`update therapists set listing_state = 'shown' where id = ${someone.id}`,
      "therapists_listing_state_known",
    ],
  ] as const)("%s", async (_name, change, constraint) => {
    const refused = await having(change(), async () => "accepted").catch(
      (error: Error & { cause?: { constraint_name?: string } }) =>
        error.cause?.constraint_name ?? error.message,
    );
    expect(refused).toContain(constraint);
  });
});
