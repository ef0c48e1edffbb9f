import { profilePage } from "#app/reader/profile-page.ts";
import { readerForm } from "#app/reader/reader-form.tsx";
import { readerPage } from "#app/reader/reader-page.tsx";
import { CompareView } from "#components/compare/compare-view.tsx";
import { TroubleNote } from "#components/directory/trouble-note.tsx";
import type { Page } from "#components/ui/page.ts";
import { askForReader } from "#lib/directory/ask-for-reader.ts";
import {
  type Comparison,
  openComparison,
  readComparison,
  sealComparison,
} from "#lib/directory/comparison.ts";
import { unlessHidden } from "#lib/directory/unless-hidden.ts";
import { typedList } from "#lib/forms/rules.ts";
import { currentStamp } from "#lib/kept-pages/kept-pages.ts";
import { getPublicProfile } from "#lib/profiles/queries.ts";

export const GET = readerPage(({ page, query }) => {
  const sealed = query.get("s");
  if (sealed === null) return compare(page, readComparison(query.getAll("t")));
  const comparison = openComparison(sealed);
  return comparison === null ? lapsed(page) : compare(page, comparison);
});

/** The same boxes, sent so that no name stands in the address (docs/decisions/0024). */
export const POST = readerForm(({ typed }) => ({
  to: `/compare?s=${sealComparison(readComparison(typedList(typed, "t")))}`,
}));

/** From Postgres alone: whoever was hidden a moment ago is not here. */
async function compare(page: Page, { slugs, problems }: Comparison) {
  const { given: found, asOf } = await askForReader(
    (db, hidden) =>
      Promise.all(
        slugs.map((slug) => unlessHidden(slug, page.today, hidden, db, getPublicProfile)),
      ),
    { stamp: currentStamp() },
  );
  const profiles = found
    .filter((profile) => profile !== null)
    .map((profile) => profilePage(page, profile));
  const view = { profiles, problems, missing: slugs.length - profiles.length, lapsed: false };
  return {
    title: page.t("compare.title"),
    body: (
      <>
        <TroubleNote page={page} trouble={asOf && { kind: "older", asOf }} />
        <CompareView page={page} view={view} />
      </>
    ),
  };
}

function lapsed(page: Page) {
  const view = { profiles: [], problems: [], missing: 0, lapsed: true };
  const body = <CompareView page={page} view={view} />;
  return { title: page.t("compare.title"), body, status: 410 };
}
