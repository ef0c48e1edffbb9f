import { readerPage } from "#app/reader/reader-page.tsx";
import { TrainingCatalogue } from "#components/credentials/training-catalogue.tsx";
import { listTrainingCatalogue } from "#lib/reference/queries.ts";

export const GET = readerPage(({ page }) => ({
  title: page.t("trainings.title"),
  body: <TrainingCatalogue page={page} trainings={listTrainingCatalogue()} />,
  keep: true,
}));
