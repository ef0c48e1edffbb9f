import type { ReactNode } from "react";
import type { ProfileTopic } from "#db/vocabulary.ts";
import { ErrorSummary } from "../forms/error-summary.tsx";
import type { FormView } from "../forms/form-view.ts";
import { SavedNotice } from "../forms/saved-notice.tsx";
import { FrozenNotice } from "./frozen-notice.tsx";

type TopicFormProps = {
  form: FormView;
  topic: ProfileTopic;
  version: number;
  /** Just saved. */
  saved: boolean;
  /** Moderators have it: shown, and not to be changed. */
  frozen: boolean;
  /** What stands above the fields, such as a conflict. */
  notice?: ReactNode;
  children: ReactNode;
};

/** One page of the editor: why we ask, the fields, and a way to save that loses nothing. */
export function TopicForm(props: TopicFormProps) {
  const { form, topic, version, saved, frozen, notice, children } = props;
  const { t, href } = form.page;
  return (
    <div className="prose editor">
      <p className="back">
        <a href={href("/account/profile")}>{t("editor.back")}</a>
      </p>
      <ErrorSummary form={form} />
      {saved && (
        <SavedNotice>
          {t("forms.saved")} <a href={href("/account/profile")}>{t("editor.back")}</a>
        </SavedNotice>
      )}
      <h1>{t(`editor.topic.${topic}`)}</h1>
      <p className="lead">{t(`editor.why.${topic}`)}</p>
      {notice}
      {frozen && (
        <FrozenNotice page={form.page}>
          <a href={href("/account/profile/preview")}>{t("editor.toPreview")}</a>
        </FrozenNotice>
      )}
      <form method="post" action={href(`/account/profile/${topic}`)} data-guard noValidate>
        {/* So that Enter saves, and does not press the first button of a row. */}
        <button
          type="submit"
          name="intent"
          value="save"
          className="unseen"
          tabIndex={-1}
          aria-hidden="true"
        />
        <input type="hidden" name="version" value={version} />
        <fieldset disabled={frozen} className="plain-frame">
          {children}
          <p className="buttons">
            <button type="submit" name="intent" value="save">
              {t("forms.save")}
            </button>
            <button type="submit" name="intent" value="next" className="quiet">
              {t("editor.saveAndNext")}
            </button>
          </p>
        </fieldset>
      </form>
    </div>
  );
}
