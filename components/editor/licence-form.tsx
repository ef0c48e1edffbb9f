import { Choices } from "../forms/choices.tsx";
import { ErrorSummary } from "../forms/error-summary.tsx";
import type { FormView } from "../forms/form-view.ts";
import { SavedNotice } from "../forms/saved-notice.tsx";
import { SelectField } from "../forms/select-field.tsx";
import { TextField } from "../forms/text-field.tsx";

export type LicenceView = {
  title: string;
  /** Null for certifications, which belong to no place. */
  place: string | null;
  typeId: string;
  jurisdiction: string;
  letters: readonly string[];
  compacts: readonly { id: string; name: string }[];
  supervisionRequired: boolean;
  register: { name: string; url: string | null } | null;
  /** The number does not look as the register prints them: a question, not a mistake. */
  numberDiffers: boolean;
  id: string | null;
  version: number;
  isLive: boolean;
  leaving: boolean;
  saved: boolean;
  conflict: boolean;
  frozen: boolean;
};

/** One licence, as moderators will hold it against the register. */
export function LicenceForm({ form, view }: { form: FormView; view: LicenceView }) {
  const { t, href } = form.page;
  const action = view.id ? `/account/profile/licences/${view.id}` : "/account/profile/licences/new";
  return (
    <div className="prose editor">
      <p className="back">
        <a href={href("/account/profile/licences")}>{t("editor.backToLicences")}</a>
      </p>
      <ErrorSummary form={form} />
      {view.saved && (
        <SavedNotice>
          {t("forms.saved")}{" "}
          <a href={href("/account/profile/licences")}>{t("editor.backToLicences")}</a>
        </SavedNotice>
      )}
      {view.conflict && (
        <p className="notice wrong" role="alert" data-focus tabIndex={-1}>
          {t("editor.licenceConflict")} <a href={href(action)}>{t("editor.conflictTakeSaved")}</a>
        </p>
      )}
      <h1>{view.title}</h1>
      <p className="lead">{view.place ?? t("editor.anywhere")}</p>
      <Register form={form} view={view} />
      {view.isLive && <p className="notice">{t("editor.licenceLive")}</p>}
      <form method="post" action={href(action)} data-guard noValidate>
        <input type="hidden" name="version" value={view.version} />
        <input type="hidden" name="typeId" value={view.typeId} />
        <input type="hidden" name="jurisdiction" value={view.jurisdiction} />
        <fieldset disabled={view.frozen} className="plain-frame">
          <LicenceFields form={form} view={view} />
          <p className="buttons">
            <button type="submit" name="intent" value="save">
              {t("forms.save")}
            </button>
            {view.id && !view.leaving && (
              <button type="submit" name="intent" value="drop" className="plain">
                {t("editor.dropLicence")}
              </button>
            )}
          </p>
        </fieldset>
      </form>
      {view.id && (
        <p>
          <a href={href(`/account/evidence/credential/${view.id}`)}>
            {t("editor.licenceEvidence")}
          </a>
        </p>
      )}
    </div>
  );
}

function Register({ form, view }: { form: FormView; view: LicenceView }) {
  const { t } = form.page;
  if (!view.register) return null;
  return (
    <p>
      {t("editor.register")}{" "}
      {view.register.url ? (
        <a href={view.register.url} rel="noreferrer external" target="_blank">
          {view.register.name}
        </a>
      ) : (
        view.register.name
      )}
    </p>
  );
}

function LicenceFields({ form, view }: { form: FormView; view: LicenceView }) {
  const { t } = form.page;
  return (
    <>
      {view.compacts.length > 0 && (
        <SelectField
          form={form}
          name="compactId"
          empty={t("editor.ownLicence")}
          hint={t("editor.hint.compact")}
          options={view.compacts.map(({ id, name }) => ({
            value: id,
            label: t("editor.privilege", { name }),
          }))}
        />
      )}
      {view.letters.length > 1 ? (
        <SelectField
          form={form}
          name="letters"
          hint={t("editor.hint.letters")}
          options={view.letters.map((letters) => ({ value: letters, label: letters }))}
        />
      ) : (
        <TextField
          form={form}
          name="letters"
          max={60}
          width="middle"
          hint={t("editor.hint.letters")}
        />
      )}
      <TextField
        form={form}
        name="number"
        max={60}
        width="middle"
        hint={
          view.numberDiffers ? (
            <strong className="nudge">{t("editor.numberDiffers")}</strong>
          ) : (
            t("editor.hint.number")
          )
        }
      />
      <TextField
        form={form}
        name="expiresOn"
        type="date"
        width="middle"
        optional
        hint={t("editor.hint.expiresOn")}
      />
      <Choices
        form={form}
        name="supervised"
        kind="radio"
        choices={[
          { value: "no", label: t("editor.independent") },
          { value: "yes", label: t("editor.supervised") },
        ]}
        {...(view.supervisionRequired && { hint: t("editor.hint.supervised") })}
      />
      <TextField
        form={form}
        name="supervisorName"
        max={120}
        optional
        hint={t("editor.hint.supervisor")}
      />
      <TextField form={form} name="supervisorNumber" max={60} width="middle" optional />
    </>
  );
}
