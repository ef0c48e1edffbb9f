import fc from "fast-check";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { openTruth, type Truth } from "#lib/circuits/truth.ts";
import { seedDemo } from "#lib/demo/seed-demo.ts";
import { lookUpPlace } from "#lib/places/queries.ts";
import { loadReference } from "#lib/reference/load-reference.ts";
import { findRegion, findTerm, listRegions, listTerms } from "#lib/reference/queries.ts";
import { type SearchEngine, searchEngine } from "#lib/search/engine.ts";
import { todayUtc } from "#lib/vetting/rules.ts";
import { plainSearch } from "../../tests/support/plain-search.ts";
import { testDatabase } from "../../tests/support/test-database.ts";
import { testSearch } from "../../tests/support/test-search.ts";
import { standingBy } from "./known-nodes.ts";
import { rebuildDirectory } from "./rebuild-directory.ts";
import { dayNumber } from "./rules.ts";
import { type Criteria, facetKeys, maxPage, pageSize, parseCriteria } from "./schema.ts";
import { searchDirectory } from "./search-directory.ts";
import { searchEntries } from "./search-entries.ts";

const database = testDatabase();
const search = testSearch();
const today = todayUtc();
const nobody = { name: "127.0.0.1:9", url: "http://127.0.0.1:9" };
/** Who does the search: the engine, or Postgres while the engine is away. */
let engines: Record<"Meilisearch" | "Postgres", SearchEngine>;
const both = ["Meilisearch", "Postgres"] as const;
let truth: Truth;
let by: (typeof both)[number];

beforeAll(async () => {
  truth = openTruth(database.url, database.db);
  engines = {
    Meilisearch: searchEngine([search.server], search.indexUid, standingBy(truth)),
    Postgres: searchEngine([nobody], search.indexUid, standingBy(truth)),
  };
  await loadReference(database.db);
  await seedDemo(database.db, { therapists: 300, today });
  await rebuildDirectory([search.node], database.db, () => {}, search.indexUid);
}, 120_000);

const parse = (query: string): Criteria =>
  parseCriteria(new URLSearchParams(query), {
    isTerm: (kind, id) => findTerm(kind, id) !== undefined,
    isRegion: (code) => findRegion(code) !== undefined,
  }).criteria;

async function ask(criteria: Criteria, day = today) {
  const found = await searchDirectory(criteria, { today: day, stamp: null }, engines[by], truth);
  expect(found.trouble).toEqual(by === "Postgres" ? { kind: "simpler" } : null);
  return found;
}

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

describe.each(both)("what %s finds is what plain SQL over the truth finds", (engine) => {
  test("for 300 random criteria, totals, people and counts", async () => {
    by = engine;
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
          expect(first.facets?.[facet][value] ?? 0).toBe(counted.length);
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

describe.each(both)("searchDirectory by %s", (engine) => {
  beforeEach(() => {
    by = engine;
  });

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
    expect((await ask(parse(""), later)).total).toBe(0);
  });
});

test("Postgres counts no facets of too many, and finds the same people", async () => {
  const wanted = { ...parse("region=US-CA"), place: null };
  const counted = await searchEntries(wanted, { today, stamp: null }, truth);
  expect(counted.facets?.modality.emdr).toBeGreaterThan(0);
  // Who is listed in the demo follows from the day, and so does the bound.
  const few = Math.floor(counted.total / 2);
  expect(few).toBeGreaterThan(1);
  expect(await searchEntries(wanted, { today, stamp: null }, truth, few)).toEqual({
    ...counted,
    facets: null,
  });
});

describe("both find the same", () => {
  const onBoth = async (criteria: Criteria) => {
    const found = [];
    for (by of both) found.push(await ask(criteria));
    return found;
  };

  test("cards, in the same order, and the same ways out, for 60 random criteria", async () => {
    await fc.assert(
      fc.asyncProperty(criteria, async (wanted) => {
        const [engine, postgres] = await onBoth(wanted);
        // The engine adds the distance in metres, which no card shows.
        const cards = engine?.cards.map((card) => ({ ...card, _geoDistance: undefined }));
        expect(postgres).toEqual({ ...engine, cards, trouble: { kind: "simpler" } });
      }),
      { numRuns: 60, seed: 20261124 },
    );
  }, 120_000);

  test("a person by any two words of their own", async () => {
    by = "Postgres";
    const texts = await database.sql<{ id: string; words: string[] }[]>`
      select therapist_id as id, tsvector_to_array(words) as words
      from directory_entries
      where main and visible_until >= ${dayNumber(today)}`;
    expect(texts.length).toBeGreaterThan(50);
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...texts).chain(({ id, words }) =>
          fc.record({
            id: fc.constant(id),
            words: fc.shuffledSubarray(words, { minLength: 2, maxLength: 2 }),
          }),
        ),
        async ({ id, words }) => {
          const { ids, first } = await askAllPages({ ...parse(""), q: words.join(" ") });
          // Nobody can be looked for behind the last page.
          if (first.total <= maxPage * pageSize) expect(ids).toContain(id);
        },
      ),
      { numRuns: 100, seed: 20261125 },
    );
  }, 60_000);
});
