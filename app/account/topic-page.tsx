import type { ReactNode } from "react";
import { ConflictNotice, type Difference } from "#components/editor/conflict-notice.tsx";
import { TopicForm } from "#components/editor/topic-form.tsx";
import { baseName, type FormView } from "#components/forms/form-view.ts";
import type { Page } from "#components/ui/page.ts";
import { profileTopics } from "#db/vocabulary.ts";
import type { Actor } from "#lib/auth/rules.ts";
import { ConflictError } from "#lib/errors.ts";
import {
  changeRows,
  type FieldErrors,
  type Layout,
  rowsIntent,
  type Typed,
  typedValue,
} from "#lib/forms/rules.ts";
import { type EditorView, getEditorView } from "#lib/revisions/queries.ts";
import { saveTopic, type TopicName, topics } from "#lib/revisions/save-topic.ts";
import { accountPage } from "./account-page.tsx";

type TopicPage = {
  topic: TopicName;
  fields: (form: FormView) => ReactNode;
  /** Labels that are not under `editor.field`, such as those from the reference data. */
  label?: (page: Page, field: string) => string | undefined;
  /** The field that makes a row count, by the name of the rows. */
  rowFields?: Readonly<Record<string, string>>;
};

/** A page of the editor that is one form. */
export function topicPage(pageOf: TopicPage) {
  const { topic, rowFields = {} } = pageOf;
  const { fill, layout } = topics[topic];
  const path = `/account/profile/${topic}`;
  return accountPage({
    access: ["therapist"],
    area: "profile",
    get: async ({ page, session, query }) => {
      const view = await getEditorView(session);
      const typed = { ...firstRows(rowFields), ...fill(view) };
      return answer(pageOf, page, view, { typed, saved: query.get("saved") === "1" });
    },
    post: async ({ page, session, typed }) => {
      const view = await getEditorView(session);
      const intent = rowsIntent(typed);
      const max = intent ? mostRows(layout, intent.rows) : undefined;
      if (intent && max) {
        const field = rowFields[intent.rows] ?? "id";
        return answer(pageOf, page, view, { typed: changeRows(typed, intent, field, max) });
      }
      const errors = await save(topic, session, typed, view);
      if (errors === "changed-elsewhere" || errors === "already-submitted") {
        // Read anew: it is what stands now that the person has to see.
        const now = await getEditorView(session);
        const conflict = errors === "changed-elsewhere";
        return answer(pageOf, page, now, { typed, status: 409, conflict });
      }
      if (errors) return answer(pageOf, page, view, { typed, errors, status: 422 });
      const next = profileTopics[profileTopics.indexOf(topic) + 1];
      if (typedValue(typed, "intent") !== "next") return { to: `${path}?saved=1` };
      return { to: next ? `/account/profile/${next}` : "/account/profile" };
    },
  });
}

/** The name comes from the form: only what the layout itself holds counts. */
function mostRows({ rows = {} }: Layout, name: string): number | undefined {
  return Object.hasOwn(rows, name) ? rows[name] : undefined;
}

/** A form that was sent twice, and says what is saved already, is no conflict. */
async function save(topic: TopicName, actor: Actor, typed: Typed, view: EditorView) {
  try {
    return await saveTopic(actor, {
      topic,
      seen: Number(typedValue(typed, "version")) || 0,
      typed,
    });
  } catch (error) {
    if (!(error instanceof ConflictError)) throw error;
    if (error.reason === "changed-elsewhere") {
      return differences(topic, typed, view).length === 0 ? null : error.reason;
    }
    if (error.reason === "already-submitted") return error.reason;
    throw error;
  }
}

type Shown = {
  typed: Typed;
  errors?: FieldErrors;
  saved?: boolean;
  status?: number;
  conflict?: boolean;
};

function answer(pageOf: TopicPage, page: Page, view: EditorView, shown: Shown) {
  const { topic } = pageOf;
  const { typed, errors = {}, saved = false, status = 200, conflict = false } = shown;
  const label = (field: string) => pageOf.label?.(page, field) ?? fieldLabel(page, field);
  const form: FormView = { page, typed, errors, label };
  const frozen = view.revision?.state === "submitted";
  return {
    title: page.t(`editor.topic.${topic}`),
    status,
    body: (
      <TopicForm
        form={form}
        topic={topic}
        version={view.versions[topic] ?? 0}
        saved={saved}
        frozen={frozen}
        notice={
          conflict && (
            <ConflictNotice
              page={page}
              path={`/account/profile/${topic}`}
              differences={named(differences(topic, typed, view), label)}
            />
          )
        }
      >
        {pageOf.fields(form)}
      </TopicForm>
    ),
  };
}

/** Fields that stand differently in what was typed and in what is saved. */
function differences(topic: TopicName, typed: Typed, view: EditorView): [string, string][] {
  const saved = topics[topic].fill(view);
  const names = new Set([...Object.keys(saved), ...Object.keys(typed)]);
  const plain = (given: Typed, name: string) =>
    (given[name] ?? [])
      .map((value) => value.trim())
      .filter(Boolean)
      .toSorted()
      .join(", ");
  return [...names]
    .filter((name) => name !== "version" && name !== "intent" && !name.endsWith(".id"))
    .filter((name) => plain(saved, name) !== plain(typed, name))
    .map((name) => [name, plain(saved, name)]);
}

function named(fields: [string, string][], label: (field: string) => string): Difference[] {
  return fields.map(([name, saved]) => {
    const row = /\.(\d+)\./.exec(name)?.[1];
    const words = label(baseName(name));
    return { label: row ? `${words} (${Number(row) + 1})` : words, saved };
  });
}

/** One blank row each, so that an empty form has something to fill. */
function firstRows(rowFields: Readonly<Record<string, string>>): Typed {
  return Object.fromEntries(
    Object.entries(rowFields).map(([rows, field]) => [`${rows}.0.${field}`, [""]]),
  );
}

export function fieldLabel(page: Page, field: string): string {
  const say = page.t as unknown as (key: string) => string;
  return say(`editor.field.${field.replace(".", "-")}`);
}
