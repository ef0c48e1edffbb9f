import type { Hold } from "#lib/holds/queries.ts";
import { reasonLength } from "#lib/holds/rules.ts";
import { ErrorSummary } from "../forms/error-summary.tsx";
import type { FormView } from "../forms/form-view.ts";
import { SavedNotice } from "../forms/saved-notice.tsx";
import { TextArea } from "../forms/text-area.tsx";
import { TextField } from "../forms/text-field.tsx";
import { HoldView } from "./hold-view.tsx";

type HoldsViewProps = {
  form: FormView;
  holds: readonly Hold[];
  /** A lead sets and lifts; an auditor reads. */
  mayChange: boolean;
  said: "set" | "lifted" | "gone" | null;
};

export function HoldsView({ form, holds, mayChange, said }: HoldsViewProps) {
  const { page } = form;
  const { t } = page;
  const open = holds.filter(({ liftedAt }) => liftedAt === null);
  const lifted = holds.filter(({ liftedAt }) => liftedAt !== null);
  return (
    <div className="prose staff">
      <ErrorSummary form={form} />
      {said === "gone" && (
        <p className="notice" role="alert">
          {t("holds.gone")}
        </p>
      )}
      {(said === "set" || said === "lifted") && (
        <SavedNotice>{t(`holds.done.${said}`)}</SavedNotice>
      )}
      <h1>{t("holds.title")}</h1>
      <p className="lead">{t("holds.lead")}</p>
      <h2>{t("holds.openHeading")}</h2>
      {open.length === 0 && <p>{t("holds.none")}</p>}
      {open.map((hold) => (
        <HoldView key={hold.id} page={page} hold={hold} mayLift={mayChange} />
      ))}
      {mayChange && <SetForm form={form} />}
      {lifted.length > 0 && <h2>{t("holds.liftedHeading")}</h2>}
      {lifted.map((hold) => (
        <HoldView key={hold.id} page={page} hold={hold} mayLift={false} />
      ))}
    </div>
  );
}

function SetForm({ form }: { form: FormView }) {
  const { t, href } = form.page;
  return (
    <section aria-labelledby="set">
      <h2 id="set">{t("holds.setHeading")}</h2>
      <form method="post" action={href("/moderation/holds")} noValidate>
        <TextField form={form} name="therapist" max={300} hint={t("holds.therapistHint")} />
        <TextArea
          form={form}
          name="reason"
          min={reasonLength.min}
          max={reasonLength.max}
          hint={t("holds.reasonHint")}
        />
        <button type="submit">{t("holds.set")}</button>
      </form>
    </section>
  );
}
