import type { ReactNode } from "react";
import { staffRoles } from "#lib/auth/rules.ts";
import type { RolePerson } from "#lib/roles/queries.ts";
import { Choices } from "../forms/choices.tsx";
import type { FormView } from "../forms/form-view.ts";
import { SavedNotice } from "../forms/saved-notice.tsx";
import { nameOf, roleWords } from "./role-words.ts";
import { type Viewer, WaitingChangeView } from "./waiting-change-view.tsx";

type PersonViewProps = {
  form: FormView;
  person: RolePerson;
  viewer: Viewer;
  /** What was just done, and why something was not. */
  said: { done: ReactNode; refused: ReactNode };
};

export function PersonView({ form, person, viewer, said }: PersonViewProps) {
  const { page } = form;
  const { t, href } = page;
  const { waiting } = person;
  return (
    <div className="prose staff">
      <p className="back">
        <a href={href("/moderation/people")}>{t("roles.person.back")}</a>
      </p>
      {said.done && <SavedNotice>{said.done}</SavedNotice>}
      {said.refused && (
        <p className="notice wrong" role="alert" data-focus tabIndex={-1}>
          {said.refused}
        </p>
      )}
      <h1>{nameOf(person)}</h1>
      <Facts form={form} person={person} />
      {waiting && (
        <section aria-labelledby="waiting">
          <h2 id="waiting">{t("roles.waiting.heading")}</h2>
          <WaitingChangeView page={page} change={waiting} viewer={viewer} />
        </section>
      )}
      {viewer.isLead && !waiting && <ChangeForm form={form} person={person} />}
      {viewer.isLead && viewer.personId !== person.id && person.hasSecondFactor && (
        <Reset form={form} person={person} />
      )}
    </div>
  );
}

type PartProps = Pick<PersonViewProps, "form" | "person">;

function Facts({ form: { page }, person }: PartProps) {
  const { t } = page;
  return (
    <dl className="facts">
      <div>
        <dt>{t("roles.person.now")}</dt>
        <dd>{roleWords(page, person.roles)}</dd>
      </div>
      <div>
        <dt>{t("roles.person.factor")}</dt>
        <dd>{t(person.hasSecondFactor ? "roles.person.factorYes" : "roles.person.factorNo")}</dd>
      </div>
    </dl>
  );
}

function ChangeForm({ form, person }: PartProps) {
  const { t, href } = form.page;
  return (
    <section aria-labelledby="change">
      <h2 id="change">{t("roles.person.change")}</h2>
      <form method="post" action={href(`/moderation/people/${person.id}`)} noValidate>
        <input type="hidden" name="version" value={person.roles.join(".")} />
        <Choices
          form={form}
          name="roles"
          kind="checkbox"
          choices={staffRoles.map((role) => ({
            value: role,
            label: (
              <>
                {t(`roles.name.${role}`)}
                <span className="does">{t(`roles.does.${role}`)}</span>
              </>
            ),
          }))}
        />
        <p>{t(person.waits ? "roles.person.waits" : "roles.person.atOnce")}</p>
        <p>{t("roles.person.signsOut")}</p>
        <button type="submit">{t("roles.person.button")}</button>
      </form>
    </section>
  );
}

function Reset({ form: { page }, person }: PartProps) {
  const { t, href } = page;
  if (person.roles.includes("lead")) return <p className="note">{t("roles.reset.onServer")}</p>;
  return (
    <p>
      <a href={href(`/moderation/people/${person.id}/second-factor`)}>{t("roles.reset.link")}</a>
    </p>
  );
}
