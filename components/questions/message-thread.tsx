import type { CaseKind } from "#db/vocabulary.ts";
import { wordLimits } from "#lib/cases/rules.ts";
import type { OwnCase } from "#lib/questions/queries.ts";
import { wordsField } from "#lib/questions/rules.ts";
import type { FormView } from "../forms/form-view.ts";
import { TextArea } from "../forms/text-area.tsx";

/** What was written about one case, and a box to write. Moderators are never told apart. */
export function MessageThread({ form, thread }: { form: FormView; thread: OwnCase }) {
  const { page } = form;
  const { t, href } = page;
  const { id, kind, messages } = thread;
  return (
    <section aria-labelledby={`about-${id}`}>
      <h2 id={`about-${id}`}>{t(`questions.about.${aboutOf(kind)}`)}</h2>
      {messages.length === 0 && <p>{t("questions.noMessages")}</p>}
      {messages.length > 0 && (
        <ol className="messages" aria-label={t("questions.messages")}>
          {messages.map((message) => {
            const day = page.day(message.writtenAt.toISOString().slice(0, 10));
            const from = message.fromTherapist ? "fromYou" : "fromModerators";
            return (
              <li key={message.id} className={message.fromTherapist ? "own" : undefined}>
                <strong>{t(`questions.${from}`, { day })}</strong>
                <p className="kept">{message.words}</p>
              </li>
            );
          })}
        </ol>
      )}
      <form method="post" action={href(`/account/questions/${id}`)} data-guard noValidate>
        <TextArea
          form={form}
          name={wordsField(id)}
          max={wordLimits.message}
          hint={t("questions.writeHint")}
        />
        <button type="submit" className="quiet">
          {t("questions.sendMessage")}
        </button>
      </form>
    </section>
  );
}

/** Nobody is told by it that a reader reported something, or what moderators sweep for. */
function aboutOf(kind: CaseKind): "submission" | "appeal" | "expiring" | "other" {
  return kind === "submission" || kind === "appeal" || kind === "expiring" ? kind : "other";
}
