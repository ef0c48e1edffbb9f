import { readerPage } from "#app/reader/reader-page.tsx";
import { Privacy } from "#components/layout/privacy.tsx";
import { listPersonalClasses } from "#lib/retention/classes.ts";

export const GET = readerPage(({ page }) => ({
  title: page.t("privacy.title"),
  body: <Privacy page={page} classes={listPersonalClasses()} />,
  keep: true,
}));
