import { readerPage } from "#app/reader/reader-page.tsx";
import { ArmouredSent } from "#components/letters/armoured-sent.tsx";

/** The same for every address: it says nothing of who is listed, and can be loaded again. */
export const GET = readerPage(({ page }) => ({
  title: page.t("letters.title"),
  body: <ArmouredSent page={page} />,
}));
