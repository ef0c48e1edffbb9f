import { eq, sql } from "drizzle-orm";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { credentials } from "#db/schema/credentials.ts";
import { therapists } from "#db/schema/profiles.ts";
import { checks } from "#db/schema/vetting.ts";
import { openTruth } from "#lib/circuits/truth.ts";
import { seedDemo } from "#lib/demo/seed-demo.ts";
import { getContactWays, getPublicProfile } from "#lib/profiles/queries.ts";
import { visibleOn } from "#lib/profiles/visible.ts";
import { loadReference } from "#lib/reference/load-reference.ts";
import { searchEngine } from "#lib/search/engine.ts";
import { addDays, todayUtc } from "#lib/vetting/rules.ts";
import { testDatabase } from "../../tests/support/test-database.ts";
import { testSearch } from "../../tests/support/test-search.ts";
import { standingBy } from "./known-nodes.ts";
import { rebuildDirectory } from "./rebuild-directory.ts";
import { parseCriteria } from "./schema.ts";
import { searchDirectory } from "./search-directory.ts";

const database = testDatabase();
const search = testSearch();
const today = todayUtc();
const lastDay = addDays(today, 5);
let someone = { id: "", slug: "" };

beforeAll(async () => {
  await loadReference(database.db);
  await seedDemo(database.db, { therapists: 30, today });
  const [seen] = await database.db
    .select({ id: therapists.id, slug: therapists.slug })
    .from(therapists)
    .where(visibleOn(addDays(today, 30)))
    .limit(1);
  if (!seen) throw new Error("the demo directory has nobody to see");
  someone = seen;
}, 120_000);

const criteria = parseCriteria(new URLSearchParams(), {
  isTerm: () => true,
  isRegion: () => true,
}).criteria;

/** What a reader finds of them on a day, with the index as it was last built. */
async function readOn(day: string) {
  const slugs: string[] = [];
  const truth = openTruth(database.url, database.db);
  const engine = searchEngine([search.server], search.indexUid, standingBy(truth));
  for (let page = 1, pages = 1; page <= pages; page += 1) {
    const found = await searchDirectory(
      { ...criteria, page },
      { today: day, stamp: null },
      engine,
      truth,
    );
    pages = found.pages;
    slugs.push(...found.cards.map(({ slug }) => slug));
  }
  return {
    found: slugs.includes(someone.slug),
    profile: (await getPublicProfile(someone.slug, day, database.db)) !== null,
    contact: (await getContactWays(someone.slug, day, database.db)) !== null,
  };
}

const there = { found: true, profile: true, contact: true };
const gone = { found: false, profile: false, contact: false };

const ways: [string, () => Promise<unknown>][] = [
  [
    "the licence itself ends",
    () =>
      database.db
        .update(credentials)
        .set({ expiresOn: lastDay })
        .where(eq(credentials.therapistId, someone.id)),
  ],
  [
    "the look at it ends",
    () =>
      database.db
        .update(checks)
        .set({ validUntil: lastDay, nextCheckOn: null })
        .where(sql`therapist_id = ${someone.id} and track = 'right-to-practise'`),
  ],
];

/** A licence without an end, looked at not long ago. */
beforeEach(async () => {
  await database.sql`update credentials set expires_on = null where therapist_id = ${someone.id}`;
  await database.sql`update checks set valid_until = ${addDays(today, 200)}, expires_on = null
    where therapist_id = ${someone.id} and track = 'right-to-practise' and state like 'verified%'`;
});

describe.each(ways)("when the only right to practise lapses: %s", (_, lapse) => {
  test("found on its last day, gone on the next, with no job and no worker", async () => {
    await lapse();
    await rebuildDirectory([search.node], database.db, () => {}, search.indexUid);
    await database.sql`delete from graphile_worker._private_jobs`;
    const before = await database.sql`select id from audit_events`;
    expect(await readOn(lastDay)).toEqual(there);
    expect(await readOn(addDays(lastDay, 1))).toEqual(gone);
    // Nothing but the day has changed.
    expect(await database.sql`select id from audit_events`).toEqual(before);
    expect(await database.sql`select id from graphile_worker._private_jobs`).toEqual([]);
    expect(await database.sql`select id from workers`).toEqual([]);
  });

  test("gone at once when the end is known to Postgres alone, and the index is stale", async () => {
    await rebuildDirectory([search.node], database.db, () => {}, search.indexUid);
    await lapse();
    expect(await readOn(lastDay)).toEqual(there);
    expect(await readOn(addDays(lastDay, 1))).toEqual(gone);
  });
});
