import type { CaseFile } from "#lib/case-files/queries.ts";
import { mostItems, wordLimits } from "#lib/cases/rules.ts";
import { Rows } from "../editor/rows.tsx";
import { ErrorSummary } from "../forms/error-summary.tsx";
import type { FormView } from "../forms/form-view.ts";
import { SelectField } from "../forms/select-field.tsx";
import { TextArea } from "../forms/text-area.tsx";
import { claimTitle } from "./claim-facts.tsx";

type AskViewProps = { form: FormView; file: CaseFile };

/** What is missing, item by item, in words that the therapist can answer in place. */
export function AskView({ form, file }: AskViewProps) {
  const { page } = form;
  const { t, href } = page;
  const base = `/moderation/cases/${file.case.id}`;
  const open = file.claims.filter((claim) => claim.open);
  return (
    <div className="prose editor">
      <p className="back">
        <a href={href(base)}>{t("moderation.backToCase")}</a>
      </p>
      <ErrorSummary form={form} />
      <h1>{t("moderation.ask.heading")}</h1>
      <p className="lead">{t("moderation.ask.lead")}</p>
      <form method="post" action={href(`${base}/ask`)} data-guard noValidate>
        {/* So that Enter sends, and does not press the first button of a row. */}
        <button
          type="submit"
          name="intent"
          value="send"
          className="unseen"
          tabIndex={-1}
          aria-hidden="true"
        />
        <Rows
          form={form}
          name="items"
          max={mostItems}
          title={(number) => t("moderation.ask.item", { number })}
          add={t("moderation.ask.add")}
        >
          {(_, row) => (
            <>
              <SelectField
                form={form}
                name={`${row}.checkId`}
                empty={t("moderation.ask.whole")}
                options={open.map(({ now }) => ({
                  value: now.id,
                  label: claimTitle(page, now),
                }))}
              />
              <TextArea form={form} name={`${row}.question`} max={wordLimits.item} rows={3} />
            </>
          )}
        </Rows>
        <p className="buttons">
          <button type="submit" name="intent" value="send">
            {t("moderation.ask.send")}
          </button>
        </p>
      </form>
    </div>
  );
}
