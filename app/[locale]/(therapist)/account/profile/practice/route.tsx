import { topicPage } from "#app/account/topic-page.tsx";
import { PracticeFields } from "#components/editor/practice-fields.tsx";
import type { Page } from "#components/ui/page.ts";
import {
  listStatementGroups,
  listTermGroups,
  practiceStatements,
  statementLimits,
} from "#lib/reference/queries.ts";
import { experience } from "#lib/revisions/topic-practice.ts";

const choicesFor = (page: Page) => ({
  statements: listStatementGroups().map(({ label, statements }) => ({
    group: label[page.locale],
    items: statements,
  })),
  limits: statementLimits(),
  contexts: listTermGroups("work"),
  experience,
});

/** The statement itself is the label of its answer; its words are called by what they are. */
function label(page: Page, field: string): string | undefined {
  const id = field.replace(/^(answer|words|work)-/, "");
  if (field.startsWith("work-")) return page.term("work", id);
  const statement = practiceStatements().find((each) => each.id === id);
  if (!statement) return undefined;
  return field.startsWith("answer-") ? statement.label[page.locale] : page.t("editor.ownWords");
}

export const { GET, POST } = topicPage({
  topic: "practice",
  fields: (form) => <PracticeFields form={form} choices={choicesFor(form.page)} />,
  label,
});
