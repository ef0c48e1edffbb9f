import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { seedDemo } from "#lib/demo/seed-demo.ts";
import { lookUpPlace } from "#lib/places/queries.ts";
import { loadReference } from "#lib/reference/load-reference.ts";
import { findRegion, findTerm, listRegions, listTerms } from "#lib/reference/queries.ts";
import { searchClient } from "#lib/search/client.ts";
import { todayUtc } from "#lib/vetting/rules.ts";
import { plainSearch } from "../../tests/support/plain-search.ts";
import { testDatabase } from "../../tests/support/test-database.ts";
import { testSearch } from "../../tests/support/test-search.ts";
import { rebuildIndex } from "./index-directory.ts";
import { type Criteria, facetKeys, maxPage, pageSize, parseCriteria } from "./schema.ts";
import { searchDirectory } from "./search-directory.ts";

const database = testDatabase();
const search = testSearch();
const client = searchClient(search.server);
const today = todayUtc();

beforeAll(async () => {
  await loadReference(database.db);
  await seedDemo(database.db, { therapists: 300, today });
  await rebuildIndex(client, database.db, () => {}, search.indexUid);
}, 120_000);

const parse = (query: string): Criteria =>
  parseCriteria(new URLSearchParams(query), {
    isTerm: (kind, id) => findTerm(kind, id) !== undefined,
    isRegion: (code) => findRegion(code) !== undefined,
  }).criteria;

const ask = (criteria: Criteria) =>
  searchDirectory(criteria, { today, stamp: null }, client, database.db, search.indexUid);

async function askAllPages(criteria: Criteria) {
  const first = await ask(criteria);
  const ids = first.cards.map((card) => card.therapistId);
  for (let page = 2; page <= first.pages; page += 1) {
    ids.push(...(await ask({ ...criteria, page })).cards.map((card) => card.therapistId));
  }
  return { first, ids };
}

const towns = ["Los Angeles", "Portland, US-OR", "London", "Houston", "Toronto", "Sydney", "90012"];
const some = (kind: (typeof facetKeys)[number]) =>
  fc.oneof(
    { weight: 4, arbitrary: fc.constant<string[]>([]) },
    {
      weight: 1,
      arbitrary: fc.subarray(
        listTerms(kind).map(({ id }) => id),
        { minLength: 1, maxLength: 3 },
      ),
    },
  );

const criteria: fc.Arbitrary<Criteria> = fc
  .record({
    ...(Object.fromEntries(facetKeys.map((key) => [key, some(key)])) as Record<
      (typeof facetKeys)[number],
      fc.Arbitrary<string[]>
    >),
    region: fc.oneof(
      fc.constant(""),
      fc.constantFrom("US-CA", "US-NY", "US-NV", "GB-ENG", "US-TX"),
      fc.constantFrom(...listRegions().map(({ code }) => code)),
    ),
    where: fc.oneof({ weight: 2, arbitrary: fc.constant("") }, fc.constantFrom(...towns)),
    within: fc.constantFrom(5, 25, 50, 200, 1000),
    accepting: fc.boolean(),
    sort: fc.constantFrom("fit", "near", "recent"),
  })
  .map((given) => ({ ...parse(""), ...given }) as Criteria);

describe("what the search finds is what plain SQL over the truth finds", () => {
  test("for 300 random criteria, totals, people and counts", async () => {
    let found = 0;
    await fc.assert(
      fc.asyncProperty(
        criteria,
        fc.constantFrom(...facetKeys),
        fc.nat(),
        async (wanted, facet, n) => {
          const lookup = wanted.where ? await lookUpPlace(wanted.where) : null;
          const place = lookup?.kind === "found" ? lookup.place : null;
          const { first, ids } = await askAllPages(wanted);
          const expected = await plainSearch(database.sql, wanted, place, today);
          expect(first.total).toBe(expected.length);
          expect(new Set(ids).size).toBe(Math.min(expected.length, maxPage * pageSize));
          expect(expected).toEqual(expect.arrayContaining(ids));
          found += ids.length;

          const terms = listTerms(facet);
          const value = terms[n % terms.length]?.id ?? "";
          const only = { ...wanted, [facet]: [value] } as Criteria;
          const counted = await plainSearch(database.sql, only, place, today);
          expect(first.facets[facet][value] ?? 0).toBe(counted.length);
          const accepting = await plainSearch(
            database.sql,
            { ...wanted, accepting: true },
            place,
            today,
          );
          expect(first.accepting).toBe(accepting.length);
        },
      ),
      { numRuns: 300, seed: 20261123 },
    );
    // Criteria that never find anybody would prove nothing.
    expect(found).toBeGreaterThan(1000);
  }, 240_000);
});

describe("searchDirectory", () => {
  test("EMDR by video in California in Spanish finds those, and only those", async () => {
    const found = await ask(parse("modality=emdr&format=video&region=US-CA&language=es"));
    expect(found.total).toBeGreaterThan(0);
    for (const card of found.cards) {
      expect(card.modality).toContain("emdr");
      expect(card.language).toContain("es");
      expect(card.format).toContain("video");
      expect(
        card.rights.some((right) => right.jurisdiction === "US-CA" && right.until >= today),
      ).toBe(true);
    }
  });

  test.each([
    ["EMDR", "modality=emdr"],
    ["eye movement desensitization", "modality=emdr"],
    ["emrd", "modality=emdr"],
    ["stripper", "work=stripping"],
    ["exotic dancer", "work=stripping"],
    ["insomnia", "concern=sleep"],
  ])("the words %s find everyone whom %s finds", async (words, criterion) => {
    // In one state, so that all of them fit on the pages that one search shows.
    const offering = await askAllPages(parse(`region=US-CA&${criterion}`));
    const found = await askAllPages(parse(`region=US-CA&q=${words}`));
    expect(offering.first.total).toBeGreaterThan(0);
    expect(found.ids).toEqual(expect.arrayContaining(offering.ids));
  });

  test("nearest first, when a place is given", async () => {
    const found = await ask(parse("where=Los+Angeles&within=200&sort=near"));
    const distances = found.cards.map(({ _geo }) =>
      _geo ? (_geo.lat - 34.05) ** 2 + ((_geo.lng + 118.24) * 0.83) ** 2 : Number.NaN,
    );
    expect(distances.length).toBeGreaterThan(2);
    expect(distances).toEqual(distances.toSorted((a, b) => a - b));
  });

  test("last confirmed first, when asked", async () => {
    const { cards } = await ask(parse("sort=recent"));
    const days = cards.map((card) => card.confirmedOn);
    expect(days).toEqual(days.toSorted().reverse());
  });

  test("an ambiguous place is asked back, and the search goes on without it", async () => {
    const found = await ask(parse("where=Portland"));
    expect(found.placeProblem?.kind).toBe("ambiguous");
    expect(found.total).toBe((await ask(parse(""))).total);
  });

  test("nothing found: says which change helps, and by how much", async () => {
    const none = parse("q=zzzzqqqq&modality=emdr&region=US-CA");
    const found = await ask(none);
    expect(found.total).toBe(0);
    const best = found.loosen[0];
    expect(best?.key).toBe("q");
    expect(best?.total).toBe((await ask({ ...none, q: "" })).total);
  });

  test("a stale index shows nobody whom Postgres would not", async () => {
    const before = await ask(parse("region=US-CA"));
    const gone = before.cards[0];
    await database.sql`update therapists set listing_state = 'suspended' where id = ${gone?.therapistId ?? ""}`;
    const after = await ask(parse("region=US-CA"));
    await database.sql`update therapists set listing_state = 'listed' where id = ${gone?.therapistId ?? ""}`;
    expect(gone).toBeDefined();
    expect(after.cards.map((card) => card.slug)).not.toContain(gone?.slug);
  });

  test("a right that ran out is gone on its day, with no job having run", async () => {
    const later = "2099-01-01";
    const found = await searchDirectory(
      parse(""),
      { today: later, stamp: null },
      client,
      database.db,
      search.indexUid,
    );
    expect(found.total).toBe(0);
  });
});
