import { topicPage } from "#app/account/topic-page.tsx";
import { BasicsFields } from "#components/editor/basics-fields.tsx";

export const { GET, POST } = topicPage({
  topic: "basics",
  fields: (form) => <BasicsFields form={form} />,
});
