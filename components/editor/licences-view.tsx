import type { EditorView } from "#lib/revisions/queries.ts";
import { ErrorSummary } from "../forms/error-summary.tsx";
import type { FormView } from "../forms/form-view.ts";
import { SavedNotice } from "../forms/saved-notice.tsx";
import { TextField } from "../forms/text-field.tsx";
import { FrozenNotice } from "./frozen-notice.tsx";

export type LicenceLine = {
  id: string;
  title: string;
  /** "LMFT 123456, California" */
  claim: string;
  state: "new" | "changed" | "live" | "leaving";
  expiresOn: string | null;
};

type LicencesViewProps = {
  form: FormView;
  view: EditorView;
  lines: readonly LicenceLine[];
  saved: boolean;
};

export function LicencesView({ form, view, lines, saved }: LicencesViewProps) {
  const { page } = form;
  const { t, href } = page;
  const frozen = view.revision?.state === "submitted";
  return (
    <div className="prose editor">
      <p className="back">
        <a href={href("/account/profile")}>{t("editor.back")}</a>
      </p>
      <ErrorSummary form={form} />
      {saved && <SavedNotice>{t("forms.saved")}</SavedNotice>}
      <h1>{t("editor.topic.licences")}</h1>
      <p className="lead">{t("editor.why.licences")}</p>
      {frozen && <FrozenNotice page={page} />}
      {lines.length === 0 && <p>{t("editor.noLicences")}</p>}
      <ul className="topics">
        {lines.map((line) => (
          <li key={line.id}>
            <a href={href(`/account/profile/licences/${line.id}`)}>{line.claim}</a>
            <p>
              {line.title}
              <br />
              <small>
                {t(`editor.licenceState.${line.state}`)}
                {line.expiresOn && ` · ${t("editor.expires", { day: page.day(line.expiresOn) })}`}
              </small>
            </p>
            {line.state === "leaving" && !frozen && (
              <form method="post" action={href(`/account/profile/licences/${line.id}`)}>
                <button type="submit" name="intent" value="keep" className="plain">
                  {t("editor.keepLicence")}
                </button>
              </form>
            )}
          </li>
        ))}
      </ul>
      {!frozen && (
        <p>
          <a className="button" href={href("/account/profile/licences/new")}>
            {t("editor.addLicence")}
          </a>
        </p>
      )}
      <h2>{t("editor.insuranceHeading")}</h2>
      <p>{t("editor.insuranceLead")}</p>
      <form method="post" action={href("/account/profile/licences")} data-guard noValidate>
        <input type="hidden" name="version" value={view.insurance?.claimVersion ?? 0} />
        <fieldset disabled={frozen} className="plain-frame">
          <TextField form={form} name="insurer" max={120} />
          <TextField form={form} name="expiresOn" type="date" width="middle" />
          <p className="buttons">
            <button type="submit">{t("forms.save")}</button>
          </p>
        </fieldset>
      </form>
      {/* Documents belong to someone who has begun a profile. */}
      {view.therapist && (
        <p>
          <a href={href("/account/evidence/insurance/-")}>{t("editor.insuranceEvidence")}</a>
          <br />
          <a href={href("/account/evidence/identity/-")}>{t("editor.identityEvidence")}</a>
        </p>
      )}
    </div>
  );
}
