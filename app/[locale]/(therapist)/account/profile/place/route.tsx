import { topicPage } from "#app/account/topic-page.tsx";
import { regionGroups } from "#app/reader/region-groups.ts";
import { PlaceFields } from "#components/editor/place-fields.tsx";
import type { Page } from "#components/ui/page.ts";
import { listLevels, listTermGroups, listTerms } from "#lib/reference/queries.ts";
import { mostLanguages, mostLocations } from "#lib/revisions/topic-place.ts";

const choicesFor = (page: Page) => ({
  formats: listTerms("format"),
  arrangements: listTermGroups("arrangement"),
  access: listTermGroups("access"),
  languages: listTermGroups("language"),
  fluency: listLevels("language"),
  regions: regionGroups(page.locale),
  most: { languages: mostLanguages, locations: mostLocations },
});

export const { GET, POST } = topicPage({
  topic: "place",
  fields: (form) => <PlaceFields form={form} choices={choicesFor(form.page)} />,
  rowFields: { languages: "id", locations: "city" },
});
