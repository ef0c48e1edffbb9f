import { readerPage } from "#app/reader/reader-page.tsx";
import { NumbersView } from "#components/vetting/numbers-view.tsx";
import { getPublicNumbers } from "#lib/numbers/queries.ts";

/** Kept for a day at most, as every kept page is: the numbers change when a month is over. */
export const GET = readerPage(async ({ page }) => ({
  title: page.t("numbers.title"),
  body: <NumbersView page={page} numbers={await getPublicNumbers(null, page.today)} />,
  keep: true,
}));
