import { topicPage } from "#app/account/topic-page.tsx";
import { DisclosureFields } from "#components/editor/disclosure-fields.tsx";

export const { GET, POST } = topicPage({
  topic: "disclosure",
  fields: (form) => <DisclosureFields form={form} />,
  label: (page, field) => page.t(`editor.disclosureField.${field as "notes"}`),
});
