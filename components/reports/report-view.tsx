import { reportKinds } from "#db/vocabulary.ts";
import type { FieldErrors, Typed } from "#lib/forms/rules.ts";
import { keepWordsDays, mostWords } from "#lib/reports/rules.ts";
import { Choices } from "../forms/choices.tsx";
import { ErrorSummary } from "../forms/error-summary.tsx";
import type { FormView } from "../forms/form-view.ts";
import { TextArea } from "../forms/text-area.tsx";
import type { Page } from "../ui/page.ts";

/** Why a report was not taken although nothing in it is wrong. */
export type ReportProblem = "too-soon" | "too-old" | "form-used" | "full";

type ReportViewProps = {
  page: Page;
  listing: { slug: string; name: string };
  token: string;
  typed: Typed;
  errors: FieldErrors;
  problem?: ReportProblem;
};

/** What a reader can tell moderators about one listing. */
export function ReportView({ page, listing, token, typed, errors, problem }: ReportViewProps) {
  const { t, href } = page;
  const address = href(`/therapists/${listing.slug}`);
  const form: FormView = {
    page,
    typed,
    errors,
    label: (field) => t(field === "kind" ? "reports.label.kind" : "reports.label.words"),
  };
  return (
    <div className="prose report">
      <p className="back">
        <a href={address}>{t("contact.back")}</a>
      </p>
      <h1>{t("reports.heading", { name: listing.name })}</h1>
      {problem && (
        <p className="notice" role="alert">
          {t(`reports.problem.${problem}`)}
        </p>
      )}
      <ErrorSummary form={form} />
      <p className="lead">{t("reports.lead")}</p>
      <p className="urgent-help">{t("reports.urgentHelp")}</p>
      <form method="post" action={`${address}/report`}>
        <input type="hidden" name="form" value={token} />
        <Choices
          form={form}
          name="kind"
          kind="radio"
          choices={reportKinds.map((value) => ({
            value,
            label: t(`reports.kind.${value}.label`),
            hint: t(`reports.kind.${value}.hint`),
          }))}
        />
        <TextArea
          form={form}
          name="words"
          hint={t("reports.wordsHint")}
          max={mostWords}
          rows={7}
          optional
        />
        <button type="submit">{t("reports.send")}</button>
      </form>
      <WhatHappens page={page} />
    </div>
  );
}

function WhatHappens({ page: { t } }: { page: Page }) {
  return (
    <section aria-labelledby="what-happens">
      <h2 id="what-happens">{t("reports.next.heading")}</h2>
      <ul>
        <li>{t("reports.next.read")}</li>
        <li>{t("reports.next.ask")}</li>
        <li>{t("reports.next.hide")}</li>
        <li>{t("reports.next.keep", { days: keepWordsDays })}</li>
        <li>{t("reports.next.noAnswer")}</li>
        <li>{t("reports.next.traces")}</li>
      </ul>
    </section>
  );
}
