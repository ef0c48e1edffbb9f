import { topicPage } from "#app/account/topic-page.tsx";
import { ContactFields } from "#components/editor/contact-fields.tsx";
import { mostContacts } from "#lib/revisions/topic-contact.ts";

export const { GET, POST } = topicPage({
  topic: "contact",
  fields: (form) => <ContactFields form={form} most={mostContacts} />,
  rowFields: { ways: "value" },
});
