import { readerPage } from "#app/reader/reader-page.tsx";
import { GuideView } from "#components/guide/guide-view.tsx";

export const GET = readerPage(({ page }) => ({
  title: page.t("guide.title"),
  body: <GuideView page={page} />,
  keep: true,
}));
