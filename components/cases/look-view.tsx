import type { ReactNode } from "react";
import type { DecisionAction } from "#db/vocabulary.ts";
import type { LookedAt } from "#lib/case-files/load-looks.ts";
import type { CaseFile } from "#lib/case-files/queries.ts";
import { peopleFor } from "#lib/decisions/transitions.ts";
import { ErrorSummary } from "../forms/error-summary.tsx";
import type { FormView } from "../forms/form-view.ts";
import type { CaseNames } from "./case-words.ts";
import { DecisionFields, RecordFields } from "./check-fields.tsx";
import { ClaimFacts, claimTitle } from "./claim-facts.tsx";
import { EarlierLooks } from "./claims-section.tsx";
import { DocumentFrames, documentsOf } from "./document-frames.tsx";
import { LookFacts } from "./look-facts.tsx";

type LookViewProps = {
  form: FormView;
  file: CaseFile;
  claim: LookedAt;
  /** What the actor can decide on it; none where it waits for a second person. */
  actions: readonly DecisionAction[];
  names: CaseNames;
  /** How to look it up, and what registers found. */
  playbook: ReactNode;
  findings: ReactNode;
};

/** One look at one claim: what is claimed, how to look, what was shown, and the form beside it. */
export function LookView(props: LookViewProps) {
  const { form, file, claim, actions, names, playbook, findings } = props;
  const { page } = form;
  const { t, href } = page;
  const { now, earlier } = claim;
  const base = `/moderation/cases/${file.case.id}`;
  const documents = documentsOf(file.details?.documents ?? [], now);
  const legalName = now.claimType === "identity" ? (file.details?.legalName ?? null) : null;
  const track = now.track;
  return (
    <div className="look">
      <div className="look-side prose">
        <p className="back">
          <a href={href(base)}>{t("moderation.backToCase")}</a>
        </p>
        <h1>{claimTitle(page, now)}</h1>
        <p className="note">
          {file.case.name ?? t("moderation.noName")} · {t(`track.${track}`)} ·{" "}
          {t(`decisions.checkState.${now.state}`)}
        </p>
        <p className="to-results">
          <a href="#found">{t("moderation.look.heading")}</a>
        </p>
        <ClaimFacts page={page} look={now} names={names} />
        {legalName !== null && (
          <p>
            {t("editor.field.legalName")}: <strong>{legalName}</strong>
          </p>
        )}
        {!claim.open && <LookFacts page={page} look={now} />}
        {now.claimType === "practice-statements" && <Answers {...props} />}
        {playbook}
        {findings}
        <DocumentFrames page={page} documents={documents} />
        <EarlierLooks page={page} looks={earlier} />
      </div>
      <div className="prose">
        <ErrorSummary form={form} />
        <h2 id="found">{t("moderation.look.heading")}</h2>
        {actions.length === 0 ? (
          <p>{t("moderation.look.nothing")}</p>
        ) : (
          <form
            method="post"
            action={href(`${base}/checks/${now.id}`)}
            className="case-form"
            data-guard
            noValidate
          >
            <DecisionFields
              form={form}
              actions={actions}
              people={(action) => peopleFor(action, track)}
            />
            <RecordFields form={form} documents={documents} />
            <p className="buttons">
              <button type="submit">{t("moderation.decide.button")}</button>
            </p>
          </form>
        )}
      </div>
    </div>
  );
}

/** What the therapist answered to our questions, in the language they wrote it in. */
function Answers({ form, file, names }: LookViewProps) {
  const { t } = form.page;
  return (
    <section aria-labelledby="answers">
      <h2 id="answers">{t("decisions.claim.practice-statements")}</h2>
      {file.profile?.statements.map(({ id, answer, words }) => (
        <div key={id}>
          <h3>{names.statement(id)}</h3>
          <p>{t(`profile.answer.${answer}`)}</p>
          <blockquote className="kept" lang={file.profile?.textLocale}>
            {words}
          </blockquote>
        </div>
      ))}
    </section>
  );
}
