import { topicPage } from "#app/account/topic-page.tsx";
import { AboutFields } from "#components/editor/about-fields.tsx";
import { listTermGroups } from "#lib/reference/queries.ts";
import { aboutLimit } from "#lib/revisions/topic-about.ts";

const choices = {
  modality: listTermGroups("modality"),
  concern: listTermGroups("concern"),
  identity: listTermGroups("identity"),
};

export const { GET, POST } = topicPage({
  topic: "about",
  fields: (form) => <AboutFields form={form} choices={choices} limit={aboutLimit} />,
});
