import { readerForm } from "#app/reader/reader-form.tsx";
import { readerPage } from "#app/reader/reader-page.tsx";
import { searchServer } from "#app/reader/search-server.ts";
import { LapsedSearch } from "#components/directory/lapsed-search.tsx";
import { ResultsView } from "#components/directory/results-view.tsx";
import type { SearchWay } from "#components/directory/search-buttons.tsx";
import type { Page } from "#components/ui/page.ts";
import { facetKeys, type KnownIds, noCriteria, parseCriteria } from "#lib/directory/schema.ts";
import { type AskedSearch, openSearch } from "#lib/directory/sealed-search.ts";
import { searchDirectory } from "#lib/directory/search-directory.ts";
import { currentStamp } from "#lib/kept-pages/kept-pages.ts";
import { findRegion, findTerm } from "#lib/reference/queries.ts";
import { resultsPage } from "./results-page.ts";
import { searchAddress } from "./search-address.ts";

const known: KnownIds = {
  isTerm: (kind, id) => findTerm(kind, id) !== undefined,
  isRegion: (code) => findRegion(code) !== undefined,
};

export const GET = readerPage(async ({ page, query }) => {
  const sealed = query.get("s");
  if (sealed === null) return found(page, readSearch(query), "open");
  const asked = openSearch(sealed, known);
  return asked === null ? lapsed(page) : found(page, asked, "private");
});

/** The same form, sent so that its words stand in no address (docs/decisions/0024). */
export const POST = readerForm(({ typed }) => {
  const query = new URLSearchParams(
    Object.entries(typed).flatMap(([name, values]) => values.map((value) => [name, value])),
  );
  return { to: searchAddress("private", readSearch(query)) };
});

function readSearch(query: URLSearchParams): AskedSearch {
  const expanded = facetKeys.find((key) => key === query.get("all")) ?? null;
  return { ...parseCriteria(query, known), expanded };
}

async function found(page: Page, asked: AskedSearch, way: SearchWay) {
  const directory = await search(page, asked);
  return {
    title: page.t("search.title"),
    body: <ResultsView page={page} view={resultsPage(page, asked, directory, way)} />,
    // Whoever searches without a trace leaves none in our memory either; and what a part that was
    // away left out is not to be given again when it is back.
    keep: way === "open" && directory.trouble === null,
  };
}

async function lapsed(page: Page) {
  const asked: AskedSearch = { criteria: noCriteria, problems: [], expanded: null };
  const { form } = resultsPage(page, asked, await search(page, asked), "private");
  return {
    title: page.t("search.title"),
    body: <LapsedSearch page={page} form={form} />,
    status: 410,
  };
}

function search(page: Page, { criteria }: AskedSearch) {
  return searchDirectory(criteria, { today: page.today, stamp: currentStamp() }, searchServer());
}
