import { readerPage } from "#app/reader/reader-page.tsx";
import { regionGroups } from "#app/reader/region-groups.ts";
import { searchServer } from "#app/reader/search-server.ts";
import { HomeView } from "#components/home/home-view.tsx";
import { countByRegion } from "#lib/directory/count-by-region.ts";
import { unavailablePart } from "#lib/errors.ts";

export const GET = readerPage(async ({ page }) => {
  const counts = await countByRegion(page.today, searchServer()).catch(withoutNumbers);
  return {
    title: page.t("home.title"),
    body: <HomeView page={page} regions={regionGroups(page.locale)} counts={counts} />,
    keep: counts !== null,
  };
});

/** Home is a form first: it stands without its map when the engine is away. */
function withoutNumbers(error: unknown): null {
  if (unavailablePart(error) === null) throw error;
  return null;
}
