import { TroubleNote } from "#components/directory/trouble-note.tsx";
import type { Page } from "#components/ui/page.ts";
import { NumbersView } from "#components/vetting/numbers-view.tsx";
import { askForReader } from "#lib/directory/ask-for-reader.ts";
import { NotFoundError } from "#lib/errors.ts";
import { currentStamp } from "#lib/kept-pages/kept-pages.ts";
import { getPublicNumbers } from "#lib/numbers/queries.ts";
import type { ReaderAnswer } from "./reader-page.tsx";

/** A year of events is counted; that may take longer than a page mostly does. */
const patienceMs = 4_000;

/** @param year the newest one when null @throws NotFoundError when there are no numbers of it */
export async function numbersPage(page: Page, year: number | null): Promise<ReaderAnswer> {
  const { given: numbers, asOf } = await askForReader(
    (db) => getPublicNumbers(year, page.today, db),
    { stamp: currentStamp(), patienceMs },
  );
  if (numbers === null && year !== null) throw new NotFoundError();
  return {
    title: page.t("numbers.title"),
    body: (
      <>
        <TroubleNote page={page} trouble={asOf && { kind: "older", asOf }} />
        <NumbersView page={page} numbers={numbers} />
      </>
    ),
    keep: asOf === null,
  };
}
