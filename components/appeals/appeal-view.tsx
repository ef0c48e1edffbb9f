import type { OwnDecision } from "#lib/appeals/queries.ts";
import { wordLimits } from "#lib/cases/rules.ts";
import { ErrorSummary } from "../forms/error-summary.tsx";
import type { FormView } from "../forms/form-view.ts";
import { SavedNotice } from "../forms/saved-notice.tsx";
import { TextArea } from "../forms/text-area.tsx";
import { Notice } from "../ui/notice.tsx";
import { DecisionFacts } from "./decision-facts.tsx";

type AppealViewProps = {
  form: FormView;
  decision: OwnDecision;
  /** The appeal was just made. */
  done: boolean;
  /** Why what was typed was not sent; a key under `forms.broken`. */
  conflict: "already-appealed" | "too-late" | null;
};

/** One decision, and the one appeal that there is against it. */
export function AppealView({ form, decision, done, conflict }: AppealViewProps) {
  const { t, href, day } = form.page;
  const { id, action, appealUntil } = decision;
  return (
    <div className="prose editor">
      <p className="back">
        <a href={href("/account/decisions")}>{t("questions.decisions.all")}</a>
      </p>
      <ErrorSummary form={form} />
      {done && <SavedNotice>{t("questions.done.appealed")}</SavedNotice>}
      <h1>{t(`decisions.done.${action}`)}</h1>
      {conflict && (
        <Notice id="conflict" heading={t("forms.broken.title")}>
          <p>{t(`forms.broken.${conflict}`)}</p>
          <blockquote className="kept">{form.typed.words?.at(-1)}</blockquote>
        </Notice>
      )}
      <DecisionFacts page={form.page} decision={decision} />
      {appealUntil && (
        <form
          method="post"
          action={href(`/account/decisions/${id}`)}
          aria-labelledby="appeal"
          data-guard
          noValidate
        >
          <h2 id="appeal">{t("questions.decisions.appeal")}</h2>
          <p>
            {t("questions.decisions.appealLead")}{" "}
            {t("questions.decisions.appealUntil", { day: day(appealUntil) })}
          </p>
          <TextArea
            form={form}
            name="words"
            max={wordLimits.reason}
            rows={6}
            hint={t("questions.decisions.wordsHint")}
          />
          <button type="submit">{t("questions.decisions.sendAppeal")}</button>
        </form>
      )}
    </div>
  );
}
