import { readerPage } from "#app/reader/reader-page.tsx";
import { NumbersView } from "#components/vetting/numbers-view.tsx";
import { NotFoundError } from "#lib/errors.ts";
import { getPublicNumbers } from "#lib/numbers/queries.ts";

export const GET = readerPage<{ locale: string; year: string }>(async ({ page, params }) => {
  const year = /^\d{4}$/.test(params.year) ? Number(params.year) : null;
  const numbers = year === null ? null : await getPublicNumbers(year, page.today);
  if (numbers === null) throw new NotFoundError();
  return {
    title: page.t("numbers.title"),
    body: <NumbersView page={page} numbers={numbers} />,
    keep: true,
  };
});
