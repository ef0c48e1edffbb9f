import { editableRevisionStates } from "#db/vocabulary.ts";
import type { ClaimToCheck } from "#lib/revisions/claims-to-check.ts";
import type { EditorView } from "#lib/revisions/queries.ts";
import type { Missing } from "#lib/revisions/rules.ts";
import { Checkbox } from "../forms/choices.tsx";
import { ErrorSummary } from "../forms/error-summary.tsx";
import type { FormView } from "../forms/form-view.ts";
import { SavedNotice } from "../forms/saved-notice.tsx";
import { ContactList } from "../profiles/contact-list.tsx";
import { type ProfilePage, ProfileView } from "../profiles/profile-view.tsx";
import type { Page } from "../ui/page.ts";
import { RevisionNotice } from "./revision-notice.tsx";

type Look = Pick<ClaimToCheck, "claimType" | "why"> & { text: string };

type PreviewViewProps = {
  form: FormView;
  view: EditorView;
  profile: ProfilePage | null;
  missing: readonly Missing[];
  claims: readonly Look[];
  answerWithinDays: number;
  submitted: boolean;
};

/** Exactly what readers will see, beside what moderators will check. */
export function PreviewView(props: PreviewViewProps) {
  const { form, view, profile, missing, submitted } = props;
  const { page } = form;
  const { t, href } = page;
  const editable = editableRevisionStates.some((state) => state === view.revision?.state);
  return (
    <div className="preview">
      <aside className="preview-side prose" aria-label={t("editor.preview")}>
        <p className="back">
          <a href={href("/account/profile")}>{t("editor.back")}</a>
        </p>
        <ErrorSummary form={form} />
        {submitted && (
          <SavedNotice>{t("editor.submitted", { days: props.answerWithinDays })}</SavedNotice>
        )}
        <h1>{t("editor.preview")}</h1>
        <RevisionNotice page={page} view={view} />
        <Missings page={page} missing={missing} />
        <Looks page={page} claims={props.claims} hasLive={view.revision?.hasLive ?? false} />
        {editable && missing.length === 0 && <SubmitForm {...props} />}
      </aside>
      <section className="preview-profile" aria-labelledby="readers-see">
        <h2 id="readers-see">{t("editor.readersSee")}</h2>
        {profile ? (
          <>
            <div className="preview-frame" data-preview>
              <ProfileView page={page} view={profile} />
            </div>
            <h3>{t("editor.behindContact")}</h3>
            <ContactList page={page} ways={view.contacts} />
          </>
        ) : (
          <p>{t("editor.nothingYet")}</p>
        )}
      </section>
    </div>
  );
}

function Missings({ page, missing }: { page: Page; missing: readonly Missing[] }) {
  const { t, href } = page;
  if (missing.length === 0) return null;
  return (
    <section aria-labelledby="missing">
      <h2 id="missing">{t("editor.missingHeading")}</h2>
      <ul>
        {missing.map(({ topic, what }) => (
          <li key={what}>
            <a href={href(`/account/profile/${topic}`)}>{t(`editor.missing.${what}`)}</a>
          </li>
        ))}
      </ul>
    </section>
  );
}

type LooksProps = { page: Page; claims: readonly Look[]; hasLive: boolean };

function Looks({ page, claims, hasLive }: LooksProps) {
  const { t } = page;
  return (
    <section aria-labelledby="looks">
      <h2 id="looks">{t("editor.looksHeading")}</h2>
      <p>{t(hasLive ? "editor.looksAgain" : "editor.looksFirst")}</p>
      {claims.length === 0 && <p>{t("editor.looksNone")}</p>}
      <ul>
        {claims.map(({ text, claimType, why }) => (
          <li key={`${claimType} ${text}`}>
            {text} <small>({t(`editor.look.${why}`)})</small>
          </li>
        ))}
      </ul>
    </section>
  );
}

function SubmitForm({ form, answerWithinDays }: PreviewViewProps) {
  const { t, href } = form.page;
  return (
    <form method="post" action={href("/account/profile/preview")} noValidate>
      <h2>{t("editor.submitHeading")}</h2>
      <p>{t("editor.submitLead", { days: answerWithinDays })}</p>
      <Checkbox form={form} name="consent" hint={t("editor.consentHint")} />
      <button type="submit">{t("editor.submit")}</button>
    </form>
  );
}
