import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { criteriaQuery, facetKeys, parseCriteria } from "./schema.ts";

const known = {
  isTerm: (_kind: string, id: string) => ["emdr", "video", "es", "phone"].includes(id),
  isRegion: (code: string) => code === "US-CA",
};
const parse = (query: string) => parseCriteria(new URLSearchParams(query), known);

describe("parseCriteria", () => {
  test("reads every key", () => {
    const { criteria, problems } = parse(
      "q=  kind   words &where=Portland&within=25&region=US-CA&format=video&format=phone&modality=emdr&language=es&accepting=1&sort=recent&page=3",
    );
    expect(problems).toEqual([]);
    expect(criteria).toMatchObject({
      q: "kind words",
      where: "Portland",
      within: 25,
      region: "US-CA",
      format: ["video", "phone"],
      modality: ["emdr"],
      language: ["es"],
      accepting: true,
      sort: "recent",
      page: 3,
    });
  });

  test.each([
    ["modality=nope", "modality", "unknown"],
    ["region=US-ZZ", "region", "unknown"],
    ["within=far", "within", "unknown"],
    ["within=1e9", "within", "unknown"],
    ["within=NaN", "within", "unknown"],
    ["page=0", "page", "unknown"],
    ["page=11", "page", "unknown"],
    ["page=1.5", "page", "unknown"],
    ["accepting=yes", "accepting", "unknown"],
    ["sort=price", "sort", "unknown"],
    ["q=%00", "q", "unknown"],
    [`q=${"a".repeat(10_000)}`, "q", "too-long"],
    ["sort=fit&sort=near", "sort", "too-many"],
  ])("%s: names the problem and searches without it", (query, key, reason) => {
    expect(parse(query).problems).toMatchObject([{ key, reason }]);
  });

  test("a key a thousand times over is cut, and said so", () => {
    const query = Array.from({ length: 1000 }, (_, n) => `modality=x${n}`).join("&");
    const { criteria, problems } = parse(query);
    expect(criteria.modality).toEqual([]);
    expect(problems[0]).toMatchObject({ key: "modality", reason: "too-many" });
    expect(problems.length).toBeLessThanOrEqual(20);
  });

  test("empty fields of the form ask for nothing", () => {
    expect(parse("q=&where=&region=&format=").problems).toEqual([]);
  });

  test("whatever the query, it is read without a throw, and what is kept is known", () => {
    const anything = fc.oneof(
      fc.string({ unit: "binary", maxLength: 300 }),
      fc.constantFrom("emdr", "video", "US-CA", "1", "-1", "\ud800", "' OR 1=1 --", "a IN [b]"),
    );
    const key = fc.oneof(
      fc.constantFrom(...facetKeys, "q", "where", "within", "region", "sort", "page", "accepting"),
      fc.string({ maxLength: 10 }),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(key, anything), { maxLength: 40 }), (pairs) => {
        const query = new URLSearchParams(pairs.map(([k, v]) => [k, v.toWellFormed()]));
        const { criteria, problems } = parseCriteria(query, known);
        for (const facet of facetKeys) {
          expect(criteria[facet].every((id) => known.isTerm(facet, id))).toBe(true);
        }
        expect(criteria.page).toBeGreaterThanOrEqual(1);
        expect(criteria.q.length).toBeLessThanOrEqual(200);
        expect(problems.every(({ value }) => value.length <= 41)).toBe(true);
      }),
    );
  });
});

test("the address of some criteria asks for those criteria", () => {
  const value = fc.subarray(["emdr", "video", "es"]);
  fc.assert(
    fc.property(
      value,
      fc.integer({ min: 1, max: 10 }),
      fc.boolean(),
      (modality, page, accepting) => {
        const { criteria } = parse("");
        const query = criteriaQuery({ ...criteria, modality, page, accepting, q: "a & b=c" });
        expect(parse(query).criteria).toEqual({
          ...criteria,
          modality,
          page,
          accepting,
          q: "a & b=c",
        });
      },
    ),
  );
});
