import type { Page } from "../ui/page.ts";

export type RegionGroup = { country: string; regions: readonly { code: string; name: string }[] };

type RegionSelectProps = {
  page: Page;
  id: string;
  label: string;
  hint?: string;
  groups: readonly RegionGroup[];
  chosen: string;
};

/** Where the reader will be: what decides who may see them. */
export function RegionSelect({ page, id, label, hint, groups, chosen }: RegionSelectProps) {
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {hint && <p id={`${id}-hint`}>{hint}</p>}
      <select id={id} name="region" defaultValue={chosen} aria-describedby={hint && `${id}-hint`}>
        <option value="">{page.t("search.anyRegion")}</option>
        {groups.map(({ country, regions }) => (
          <optgroup key={country} label={country}>
            {regions.map(({ code, name }) => (
              <option key={code} value={code}>
                {name}
              </option>
            ))}
          </optgroup>
        ))}
      </select>
    </div>
  );
}
