import type { DecisionAction } from "#db/vocabulary.ts";
import type { CaseFile } from "#lib/case-files/queries.ts";
import { peopleFor } from "#lib/decisions/transitions.ts";
import { ErrorSummary } from "../forms/error-summary.tsx";
import type { FormView } from "../forms/form-view.ts";
import { DecisionFields } from "./check-fields.tsx";

type DecideViewProps = { form: FormView; file: CaseFile; action: DecisionAction };

/** One decision on a revision, a listing or an appeal: what it does, by how many, and why. */
export function DecideView({ form, file, action }: DecideViewProps) {
  const { t, href } = form.page;
  const base = `/moderation/cases/${file.case.id}`;
  const people = peopleFor(action, null);
  return (
    <div className="prose">
      <p className="back">
        <a href={href(base)}>{t("moderation.backToCase")}</a>
      </p>
      <ErrorSummary form={form} />
      <h1>{t(`decisions.action.${action}`)}</h1>
      <p className="lead">{file.case.name ?? t("moderation.noName")}</p>
      <p>{t("moderation.decide.peopleLong", { count: people })}</p>
      {action === "accept" && file.blockers.length > 0 ? (
        <>
          <p>{t("moderation.decide.notYet")}</p>
          <ul>
            {file.blockers.map((blocker) => (
              <li key={blocker}>{t(`moderation.blocker.${blocker}`)}</li>
            ))}
          </ul>
        </>
      ) : (
        <form method="post" action={href(`${base}/decide/${action}`)} data-guard noValidate>
          <DecisionFields form={form} actions={[action]} people={() => people} />
          <p className="buttons">
            <button type="submit">
              {people === 2 ? t("moderation.decide.propose") : t(`decisions.action.${action}`)}
            </button>
          </p>
        </form>
      )}
    </div>
  );
}
