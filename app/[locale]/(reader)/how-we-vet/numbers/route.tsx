import { numbersPage } from "#app/reader/numbers-page.tsx";
import { readerPage } from "#app/reader/reader-page.tsx";

/** Kept for a day at most, as every kept page is: the numbers change when a month is over. */
export const GET = readerPage(({ page }) => numbersPage(page, null));
