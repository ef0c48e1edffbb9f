import { deletionDay, graceDays } from "#lib/accounts/rules.ts";
import { isStaff, type Session } from "#lib/auth/rules.ts";
import { Checkbox } from "../forms/choices.tsx";
import { ErrorSummary } from "../forms/error-summary.tsx";
import type { FormView } from "../forms/form-view.ts";
import { Notice } from "../ui/notice.tsx";
import { BackToSettings, DoneNotice } from "./done-notice.tsx";

type DeleteViewProps = {
  form: FormView;
  session: Session;
  done: string | null;
  /** The law asks us to keep their documents for now, and so the account with them. */
  held: boolean;
};

export function DeleteView({ form, session, done, held }: DeleteViewProps) {
  const { page } = form;
  return (
    <div className="prose">
      <BackToSettings page={page} />
      <DoneNotice page={page} done={done} />
      <ErrorSummary form={form} />
      <h1>{page.t("settings.delete.heading")}</h1>
      {held && <p className="notice">{page.t("settings.delete.held")}</p>}
      {session.deletionAskedAt ? (
        <TakeBack form={form} askedAt={session.deletionAskedAt} />
      ) : (
        <Ask form={form} staff={isStaff({ roles: session.heldRoles })} />
      )}
    </div>
  );
}

function TakeBack({ form: { page }, askedAt }: { form: FormView; askedAt: Date }) {
  const { t, day, href } = page;
  return (
    <Notice id="asked" heading={t("settings.delete.asked", { day: day(deletionDay(askedAt)) })}>
      <p>{t("settings.delete.askedLead")}</p>
      <form method="post" action={href("/account/settings/delete")}>
        <input type="hidden" name="intent" value="take-back" />
        <button type="submit">{t("settings.delete.takeBack")}</button>
      </form>
    </Notice>
  );
}

function Ask({ form, staff }: { form: FormView; staff: boolean }) {
  const { t, href } = form.page;
  const days = graceDays;
  return (
    <>
      <p>{t("settings.delete.lead")}</p>
      <ul>
        <li>{t("settings.delete.now")}</li>
        <li>{t("settings.delete.later", { days })}</li>
        <li>{t("settings.delete.stays")}</li>
        {staff && <li>{t("settings.delete.staffStays")}</li>}
      </ul>
      <p>{t("settings.delete.back", { days })}</p>
      <form method="post" action={href("/account/settings/delete")}>
        <input type="hidden" name="intent" value="ask" />
        <Checkbox form={form} name="sure" />
        <p>
          <button type="submit">{t("settings.delete.button")}</button>
        </p>
      </form>
    </>
  );
}
