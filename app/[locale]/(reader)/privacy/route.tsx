import { Privacy } from "#components/layout/privacy.tsx";
import { readerPage } from "#app/reader/reader-page.tsx";

export const GET = readerPage(({ page }) => ({
  title: page.t("privacy.title"),
  body: <Privacy page={page} />,
  keep: true,
}));
