import { readerPage } from "#app/reader/reader-page.tsx";
import { HelpView } from "#components/help/help-view.tsx";
import { listHelp } from "#lib/reference/queries.ts";

/** All countries on one page: which one someone looks at is known to their browser alone. */
export const GET = readerPage(({ page }) => ({
  title: page.t("help.title"),
  body: <HelpView page={page} help={listHelp()} />,
  keep: true,
}));
