import { type OptionGroup, OptionGroups } from "../forms/select-field.tsx";
import type { Page } from "../ui/page.ts";

type RegionSelectProps = {
  page: Page;
  id: string;
  label: string;
  hint?: string;
  groups: readonly OptionGroup[];
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
        <OptionGroups groups={groups} />
      </select>
    </div>
  );
}
