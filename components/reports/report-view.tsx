import { reportKinds } from "#db/vocabulary.ts";
import type { ProofProblem } from "#lib/enquiries/rules.ts";
import type { FieldErrors, Typed } from "#lib/forms/rules.ts";
import { keepWordsDays, mostWords } from "#lib/reports/rules.ts";
import { Choices } from "../forms/choices.tsx";
import { ErrorSummary } from "../forms/error-summary.tsx";
import type { FormView } from "../forms/form-view.ts";
import { TextArea } from "../forms/text-area.tsx";
import { WithoutScripts } from "../letters/without-scripts.tsx";
import type { Page } from "../ui/page.ts";
import { WayBack, type WayBackFields } from "./way-back.tsx";

/** Why a report was not taken although nothing in it is wrong. */
export type ReportProblem = "too-soon" | "too-old" | "form-used" | "full" | ProofProblem;

type ReportViewProps = {
  page: Page;
  listing: { slug: string; name: string };
  token: string;
  typed: Typed;
  errors: FieldErrors;
  problem?: ReportProblem;
  /** Null where no answer is wanted: that form needs no script. */
  wayBack: WayBackFields | null;
};

/** What a reader can tell moderators about one listing. */
export function ReportView(props: ReportViewProps) {
  const { page, listing, token, typed, errors, problem, wayBack } = props;
  const { t, href } = page;
  const address = href(`/therapists/${listing.slug}`);
  const form: FormView = {
    page,
    typed,
    errors,
    label: (field) => t(field === "kind" ? "reports.label.kind" : "reports.label.words"),
  };
  return (
    <div
      className="prose report"
      {...(wayBack !== null && { "data-way-back": listing.slug, "data-worker": wayBack.worker })}
    >
      <p className="back">
        <a href={address}>{t("contact.back")}</a>
      </p>
      <h1>{t("reports.heading", { name: listing.name })}</h1>
      {problem && (
        <p className="notice" role="alert">
          {t(`reports.problem.${isProofProblem(problem) ? "proof" : problem}`)}
        </p>
      )}
      <ErrorSummary form={form} />
      <p className="lead">{t("reports.lead")}</p>
      <p className="urgent-help">{t("reports.urgentHelp")}</p>
      {wayBack === null ? (
        <p>
          <a href={`${address}/report?back=1`}>{t("reports.back.want")}</a>
        </p>
      ) : (
        <NeedsScripts page={page} address={`${address}/report`} />
      )}
      <form
        method="post"
        action={`${address}/report${wayBack === null ? "" : "?back=1"}`}
        {...(wayBack !== null && { "data-report": true, "data-asleep": true, hidden: true })}
      >
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
        {wayBack === null ? (
          <button type="submit">{t("reports.send")}</button>
        ) : (
          <WayBack page={page} fields={wayBack} />
        )}
      </form>
      <WhatHappens page={page} answered={wayBack !== null} />
    </div>
  );
}

function NeedsScripts({ page, address }: { page: Page; address: string }) {
  const { t } = page;
  return (
    <WithoutScripts page={page}>
      <p>
        {t("reports.back.needsScripts")} <a href={address}>{t("reports.back.plain")}</a>
      </p>
    </WithoutScripts>
  );
}

function WhatHappens({ page: { t }, answered }: { page: Page; answered: boolean }) {
  return (
    <section aria-labelledby="what-happens">
      <h2 id="what-happens">{t("reports.next.heading")}</h2>
      <ul>
        <li>{t("reports.next.read")}</li>
        <li>{t("reports.next.ask")}</li>
        <li>{t("reports.next.hide")}</li>
        <li>{t("reports.next.keep", { days: keepWordsDays })}</li>
        <li>{t(answered ? "reports.back.answer" : "reports.next.noAnswer")}</li>
        <li>{t("reports.next.traces")}</li>
      </ul>
    </section>
  );
}

function isProofProblem(problem: ReportProblem): problem is ProofProblem {
  return problem.startsWith("proof-");
}
