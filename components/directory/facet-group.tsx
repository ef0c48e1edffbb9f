import type { FacetKey } from "#lib/directory/schema.ts";
import type { Page } from "../ui/page.ts";

export type FacetValue = { id: string; label: string; count: number; chosen: boolean };

type FacetGroupProps = { page: Page; facet: FacetKey; values: readonly FacetValue[] };

const notes = { work: true, fee: true, identity: true } as const;

/** One group of choices with how many therapists each would leave. Open when something is chosen. */
export function FacetGroup({ page, facet, values }: FacetGroupProps) {
  const { t } = page;
  return (
    <details open={values.some((value) => value.chosen)}>
      <summary>{t(`search.facet.${facet}`)}</summary>
      <fieldset>
        <legend className="away">{t(`search.facet.${facet}`)}</legend>
        {facet in notes && <p>{t(`search.facetNote.${facet as keyof typeof notes}`)}</p>}
        {values.length === 0 && <p>{t("search.noneIn")}</p>}
        {values.map(({ id, label, count, chosen }) => (
          <label key={id}>
            <input type="checkbox" name={facet} value={id} defaultChecked={chosen} />
            {label} <small>{count}</small>
          </label>
        ))}
      </fieldset>
    </details>
  );
}
