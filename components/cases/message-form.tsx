import type { CaseFile } from "#lib/case-files/queries.ts";
import { wordLimits } from "#lib/cases/rules.ts";
import { Choices } from "../forms/choices.tsx";
import { ErrorSummary } from "../forms/error-summary.tsx";
import type { FormView } from "../forms/form-view.ts";
import { TextArea } from "../forms/text-area.tsx";

const kinds = ["from-moderators", "private-note"] as const;

type MessageViewProps = { form: FormView; file: CaseFile };

/** Words to the therapist, or a note that moderators alone read. */
export function MessageForm({ form, file }: MessageViewProps) {
  const { t, href } = form.page;
  const base = `/moderation/cases/${file.case.id}`;
  return (
    <div className="prose">
      <p className="back">
        <a href={href(base)}>{t("moderation.backToCase")}</a>
      </p>
      <ErrorSummary form={form} />
      <h1>{t("moderation.message.heading")}</h1>
      <form
        method="post"
        action={href(`${base}/messages`)}
        className="case-form"
        data-guard
        noValidate
      >
        <Choices
          form={form}
          name="kind"
          kind="radio"
          choices={kinds.map((kind) => ({ value: kind, label: t(`moderation.message.${kind}`) }))}
        />
        <TextArea form={form} name="body" max={wordLimits.message} rows={8} />
        <p className="buttons">
          <button type="submit">{t("moderation.message.send")}</button>
        </p>
      </form>
    </div>
  );
}
