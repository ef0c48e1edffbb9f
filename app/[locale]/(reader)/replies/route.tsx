import { readerPage } from "#app/reader/reader-page.tsx";
import { proofWorker } from "#app/reader/site.ts";
import { RepliesView } from "#components/letters/replies-view.tsx";

/** The same bytes for everyone; what waits for twelve words is asked for by the page's script. */
export const GET = readerPage(({ page }) => ({
  title: page.t("letters.replies.title"),
  body: <RepliesView page={page} worker={proofWorker()} />,
  seals: true,
}));
