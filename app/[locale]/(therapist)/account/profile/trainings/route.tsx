import { topicPage } from "#app/account/topic-page.tsx";
import { TrainingFields } from "#components/editor/training-fields.tsx";
import { listTrainingCatalogue } from "#lib/reference/queries.ts";
import { mostTrainings, trainingKinds } from "#lib/revisions/topic-trainings.ts";

const choices = {
  catalogue: listTrainingCatalogue(),
  kinds: trainingKinds,
  most: mostTrainings,
};

export const { GET, POST } = topicPage({
  topic: "trainings",
  fields: (form) => <TrainingFields form={form} choices={choices} />,
  rowFields: { trainings: "title" },
});
