import { type OptionGroup, OptionGroups } from "../forms/select-field.tsx";
import type { Page } from "../ui/page.ts";

/** First the place: a licence counts where it was given. */
export function ChoosePlace({ page, groups }: { page: Page; groups: readonly OptionGroup[] }) {
  const { t, href } = page;
  return (
    <div className="prose editor">
      <Back page={page} />
      <h1>{t("editor.addLicence")}</h1>
      <form action={href("/account/profile/licences/new")}>
        <div className="field">
          <label htmlFor="region">{t("editor.licencePlace")}</label>
          <p id="region-hint">{t("editor.licencePlaceHint")}</p>
          <select id="region" name="region" aria-describedby="region-hint">
            <OptionGroups groups={groups} />
          </select>
        </div>
        <button type="submit">{t("editor.continue")}</button>
      </form>
      <p>
        <a href={href("/account/profile/licences/new?region=")}>{t("editor.addCertification")}</a>
      </p>
    </div>
  );
}

type ChooseTypeProps = {
  page: Page;
  region: string;
  types: readonly { id: string; title: string; letters: string; kind: string }[];
};

/** Then what exists there. */
export function ChooseType({ page, region, types }: ChooseTypeProps) {
  const { t, href } = page;
  return (
    <div className="prose editor">
      <Back page={page} />
      <h1>
        {region
          ? t("editor.licenceTypeIn", { place: page.region(region) })
          : t("editor.certificationType")}
      </h1>
      <ul className="topics">
        {types.map(({ id, title, letters, kind }) => (
          <li key={id}>
            <a href={href(`/account/profile/licences/new?region=${region}&type=${id}`)}>{title}</a>
            <p>
              <small>{[letters, kind].filter(Boolean).join(" · ")}</small>
            </p>
          </li>
        ))}
      </ul>
      <p>{t("editor.licenceTypeMissing")}</p>
    </div>
  );
}

function Back({ page }: { page: Page }) {
  return (
    <p className="back">
      <a href={page.href("/account/profile/licences")}>{page.t("editor.backToLicences")}</a>
    </p>
  );
}
