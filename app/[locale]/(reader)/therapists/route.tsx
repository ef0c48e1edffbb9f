import { readerPage } from "#app/reader/reader-page.tsx";
import { searchServer } from "#app/reader/search-server.ts";
import { ResultsView } from "#components/directory/results-view.tsx";
import { parseCriteria } from "#lib/directory/schema.ts";
import { searchDirectory } from "#lib/directory/search-directory.ts";
import { currentStamp } from "#lib/kept-pages/kept-pages.ts";
import { findRegion, findTerm } from "#lib/reference/queries.ts";
import { resultsPage } from "./results-page.ts";

const known = {
  isTerm: (kind: Parameters<typeof findTerm>[0], id: string) => findTerm(kind, id) !== undefined,
  isRegion: (code: string) => findRegion(code) !== undefined,
};

export const GET = readerPage(async ({ page, query }) => {
  const { criteria, problems } = parseCriteria(query, known);
  const moment = { today: page.today, stamp: currentStamp() };
  const found = await searchDirectory(criteria, moment, searchServer());
  return {
    title: page.t("search.title"),
    body: (
      <ResultsView
        page={page}
        view={resultsPage(page, criteria, problems, found, query.get("all"))}
      />
    ),
    keep: true,
  };
});
