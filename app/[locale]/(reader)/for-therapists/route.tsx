import { readerPage } from "#app/reader/reader-page.tsx";
import { ForTherapistsView } from "#components/for-therapists/for-therapists-view.tsx";
import { listTrainingCatalogue, practiceStatements } from "#lib/reference/queries.ts";

export const GET = readerPage(({ page }) => ({
  title: page.t("forTherapists.title"),
  body: (
    <ForTherapistsView
      page={page}
      trainings={listTrainingCatalogue()}
      core={practiceStatements().filter(({ core }) => core).length}
    />
  ),
  keep: true,
}));
