import { staffRoles } from "#lib/auth/rules.ts";
import type { StaffPerson, WaitingChange } from "#lib/roles/queries.ts";
import type { StaffRole } from "#lib/roles/rules.ts";
import { ErrorSummary } from "../forms/error-summary.tsx";
import type { FormView } from "../forms/form-view.ts";
import { TextField } from "../forms/text-field.tsx";
import type { Page } from "../ui/page.ts";
import { nameOf } from "./role-words.ts";
import { type Viewer, WaitingChangeView } from "./waiting-change-view.tsx";

type PeopleViewProps = {
  form: FormView;
  staff: readonly StaffPerson[];
  waiting: readonly WaitingChange[];
  viewer: Viewer;
};

export function PeopleView({ form, staff, waiting, viewer }: PeopleViewProps) {
  const { page } = form;
  const { t } = page;
  return (
    <div className="prose staff">
      <ErrorSummary form={form} />
      <h1>{t("roles.title")}</h1>
      <p className="lead">{t("roles.lead")}</p>
      {waiting.length > 0 && (
        <section aria-labelledby="waiting">
          <h2 id="waiting">{t("roles.waiting.heading")}</h2>
          {waiting.map((change) => (
            <WaitingChangeView key={change.id} page={page} change={change} viewer={viewer} />
          ))}
        </section>
      )}
      {staffRoles.map((role) => (
        <RoleSection key={role} page={page} role={role} staff={staff} viewer={viewer} />
      ))}
      {viewer.isLead && <FindForm form={form} />}
    </div>
  );
}

type RoleSectionProps = Omit<PeopleViewProps, "form" | "waiting"> & { page: Page; role: StaffRole };

function RoleSection({ page, role, staff, viewer }: RoleSectionProps) {
  const { t, href } = page;
  const holders = staff.filter((person) => person.roles.includes(role));
  return (
    <section aria-labelledby={role}>
      <h2 id={role}>{t(`roles.name.${role}`)}</h2>
      <p className="note">{t(`roles.does.${role}`)}</p>
      {holders.length === 0 && <p>{t("roles.nobody")}</p>}
      <ul className="holders">
        {holders.map(({ id, hasSecondFactor, ...person }) => (
          <li key={id}>
            <a href={href(`/moderation/people/${id}`)}>{nameOf(person)}</a>
            {id === viewer.personId && ` ${t("roles.you")}`}
            {person.name && <small> {person.email}</small>}
            {!hasSecondFactor && <small> {t("roles.noFactor")}</small>}
          </li>
        ))}
      </ul>
    </section>
  );
}

function FindForm({ form }: { form: FormView }) {
  const { t, href } = form.page;
  return (
    <section aria-labelledby="find">
      <h2 id="find">{t("roles.find.heading")}</h2>
      <form method="post" action={href("/moderation/people")} noValidate>
        <TextField form={form} name="email" type="email" max={254} hint={t("roles.find.hint")} />
        <button type="submit">{t("roles.find.button")}</button>
      </form>
    </section>
  );
}
