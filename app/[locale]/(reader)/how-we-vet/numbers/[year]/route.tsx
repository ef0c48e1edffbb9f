import { numbersPage } from "#app/reader/numbers-page.tsx";
import { readerPage } from "#app/reader/reader-page.tsx";
import { NotFoundError } from "#lib/errors.ts";

export const GET = readerPage<{ locale: string; year: string }>(({ page, params }) => {
  if (!/^\d{4}$/.test(params.year)) throw new NotFoundError();
  return numbersPage(page, Number(params.year));
});
