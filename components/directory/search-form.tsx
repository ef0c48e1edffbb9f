import { type Criteria, sorts, withinChoices } from "#lib/directory/schema.ts";
import { kmToMiles } from "#lib/places/rules.ts";
import type { OptionGroup } from "../forms/select-field.tsx";
import type { Page } from "../ui/page.ts";
import { FacetGroup, type FacetView } from "./facet-group.tsx";
import { RegionSelect } from "./region-select.tsx";
import { methodOf, SearchButtons, type SearchWay } from "./search-buttons.tsx";

export type FormView = {
  way: SearchWay;
  criteria: Criteria;
  regions: readonly OptionGroup[];
  facets: readonly FacetView[];
  /** A group was just asked for in full, so the folded part stands open. */
  expanded: boolean;
  acceptingCount: number;
  total: number;
  /** Filters that are on inside the folded part. */
  filtersOn: number;
  distanceUnit: "km" | "mi";
};

/** All criteria in one plain form; a private search stays private, whichever way it is sent. */
export function SearchForm({ page, view }: { page: Page; view: FormView }) {
  const { t } = page;
  const { criteria, total, way } = view;
  const apply = t("search.apply", { count: total });
  return (
    <search>
      <form className="search" action={page.href("/therapists")} method={methodOf[way]}>
        <div className="field">
          <label htmlFor="q">{t("search.q")}</label>
          <input
            id="q"
            name="q"
            type="search"
            defaultValue={criteria.q}
            maxLength={200}
            autoComplete="off"
          />
        </div>
        <RegionSelect
          page={page}
          id="region"
          label={t("search.region")}
          groups={view.regions}
          chosen={criteria.region}
        />
        <SearchButtons page={page} way={way} label={apply} />
        <details className="filters" open={view.expanded}>
          <summary>
            {view.filtersOn > 0
              ? t("search.filtersOn", { count: view.filtersOn })
              : t("search.filters")}
          </summary>
          <WhereFields page={page} view={view} />
          <SortField page={page} chosen={criteria.sort} />
          <label className="choice">
            <input type="checkbox" name="accepting" value="1" defaultChecked={criteria.accepting} />
            {t("search.accepting")} <small>{view.acceptingCount}</small>
          </label>
          {view.facets.map((facet) => (
            <FacetGroup key={facet.facet} page={page} view={facet} way={way} />
          ))}
          <button type="submit">{apply}</button>
        </details>
      </form>
    </search>
  );
}

function SortField({ page, chosen }: { page: Page; chosen: Criteria["sort"] }) {
  const { t } = page;
  return (
    <div className="field">
      <label htmlFor="sort">{t("search.sort")}</label>
      <select id="sort" name="sort" defaultValue={chosen}>
        {sorts.map((sort) => (
          <option key={sort} value={sort}>
            {t(`search.${sortLabels[sort]}`)}
          </option>
        ))}
      </select>
    </div>
  );
}

const sortLabels = { fit: "sortFit", near: "sortNear", recent: "sortRecent" } as const;

function WhereFields({ page, view }: { page: Page; view: FormView }) {
  const { t } = page;
  const { criteria, distanceUnit } = view;
  const distances = [...new Set<number>([...withinChoices[distanceUnit], criteria.within])];
  return (
    <div className="field where">
      <label htmlFor="where">{t("search.where")}</label>
      <input
        id="where"
        name="where"
        defaultValue={criteria.where}
        maxLength={120}
        autoComplete="off"
      />
      <label htmlFor="within">{t("search.within")}</label>
      <select id="within" name="within" defaultValue={criteria.within}>
        {distances
          .toSorted((a, b) => a - b)
          .map((km) => (
            <option key={km} value={km}>
              {distanceText(page, km, distanceUnit)}
            </option>
          ))}
      </select>
    </div>
  );
}

/** Distances are kilometres inside; miles are for reading. */
export function distanceText(page: Page, km: number, unit: "km" | "mi"): string {
  return unit === "mi"
    ? page.t("search.withinMi", { distance: page.number(Math.round(kmToMiles(km))) })
    : page.t("search.withinKm", { distance: page.number(Math.round(km)) });
}
