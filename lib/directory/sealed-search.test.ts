import { expect, test } from "vitest";
import { findRegion, findTerm, listTerms } from "#lib/reference/queries.ts";
import { facetKeys, type KnownIds, noCriteria, parseCriteria } from "./schema.ts";
import { openSearch, sealSearch } from "./sealed-search.ts";

const known: KnownIds = {
  isTerm: (kind, id) => findTerm(kind, id) !== undefined,
  isRegion: (code) => findRegion(code) !== undefined,
};

test("a search comes back as it was asked, with what was left out of it", () => {
  const query = new URLSearchParams("q=a+%26b&region=US-CA&modality=emdr&modality=nope&page=3");
  const asked = { ...parseCriteria(query, known), expanded: "concern" as const };
  expect(asked.problems).toHaveLength(1);
  expect(openSearch(sealSearch(asked), known)).toEqual(asked);
});

test("a term that has gone since is named, and the rest is asked for", () => {
  const criteria = { ...noCriteria, q: "kept", modality: ["emdr"] };
  const sealed = sealSearch({ criteria, problems: [], expanded: null });
  const opened = openSearch(sealed, { ...known, isTerm: () => false });
  expect(opened?.criteria).toEqual({ ...noCriteria, q: "kept" });
  expect(opened?.problems).toEqual([{ key: "modality", value: "emdr", reason: "unknown" }]);
});

test("the longest search that can be asked fits into an address", () => {
  const query = new URLSearchParams({
    q: "语".repeat(200),
    where: "语".repeat(120),
    within: "161",
    region: "US-CA",
    accepting: "1",
    sort: "near",
    page: "10",
  });
  for (const key of facetKeys) {
    const longest = listTerms(key).toSorted((a, b) => b.id.length - a.id.length);
    for (const { id } of longest.slice(0, 30)) query.append(key, id);
  }
  const { criteria } = parseCriteria(query, known);
  const problems = Array.from({ length: 20 }, () => ({
    key: "accepting" as const,
    value: `${"语".repeat(40)}…`,
    reason: "too-many" as const,
  }));
  const asked = { criteria, problems, expanded: null };
  expect(openSearch(sealSearch(asked), known)).toEqual(asked);
});
