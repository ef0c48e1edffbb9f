import { readerPage } from "#app/reader/reader-page.tsx";
import { Privacy } from "#components/layout/privacy.tsx";

export const GET = readerPage(({ page }) => ({
  title: page.t("privacy.title"),
  body: <Privacy page={page} />,
  keep: true,
}));
