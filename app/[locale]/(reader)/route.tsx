import { readerPage } from "#app/reader/reader-page.tsx";
import { regionGroups } from "#app/reader/region-groups.ts";
import { searchServer } from "#app/reader/search-server.ts";
import { HomeView } from "#components/home/home-view.tsx";
import { countByRegion } from "#lib/directory/count-by-region.ts";

export const GET = readerPage(async ({ page }) => ({
  title: page.t("home.title"),
  body: (
    <HomeView
      page={page}
      regions={regionGroups(page.locale)}
      counts={await countByRegion(page.today, searchServer())}
    />
  ),
  keep: true,
}));
