import type { ListedPlaybook } from "#lib/playbooks/queries.ts";
import type { FormView } from "../forms/form-view.ts";
import { type Option, SelectField } from "../forms/select-field.tsx";
import { TextField } from "../forms/text-field.tsx";
import { placeWords } from "./place-words.ts";

type PlaybookListProps = {
  form: FormView;
  playbooks: readonly ListedPlaybook[];
  countries: readonly Option[];
};

export function PlaybookList({ form, playbooks, countries }: PlaybookListProps) {
  const { page } = form;
  const { t, href } = page;
  return (
    <div className="prose">
      <h1>{t("playbooks.title")}</h1>
      <p className="lead">{t("playbooks.lead")}</p>
      <form method="get" action={href("/moderation/playbooks")}>
        <div className="pairs">
          <TextField form={form} name="words" max={100} />
          <SelectField
            form={form}
            name="country"
            empty={t("playbooks.find.anyCountry")}
            options={countries}
          />
        </div>
        <button type="submit">{t("playbooks.find.button")}</button>
      </form>
      <p role="status">{t("playbooks.count", { count: playbooks.length })}</p>
      <ul className="holders">
        {playbooks.map(({ id, name, url, jurisdictions, isEdited }) => (
          <li key={id}>
            <a href={href(`/moderation/playbooks/${id}`)}>{name}</a>
            <small>
              {[
                placeWords(page, jurisdictions),
                ...(url === null ? [t("playbooks.noAddress")] : []),
                ...(isEdited ? [t("playbooks.edited")] : []),
              ].join(" · ")}
            </small>
          </li>
        ))}
      </ul>
    </div>
  );
}
