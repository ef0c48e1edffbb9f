import { topicPage } from "#app/account/topic-page.tsx";
import { FeeFields } from "#components/editor/fee-fields.tsx";
import { listTermGroups } from "#lib/reference/queries.ts";

export const { GET, POST } = topicPage({
  topic: "fees",
  fields: (form) => <FeeFields form={form} groups={listTermGroups("fee")} />,
});
