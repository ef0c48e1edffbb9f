import type { FacetKey } from "#lib/directory/schema.ts";
import type { Page } from "../ui/page.ts";
import type { SearchWay } from "./search-buttons.tsx";

export type FacetValue = {
  id: string;
  label: string;
  /** Null where they were too many to count. */
  count: number | null;
  chosen: boolean;
};

export type FacetView = {
  facet: FacetKey;
  values: readonly FacetValue[];
  /** Values that are there but not listed, to keep the page short. */
  hidden: number;
  open: boolean;
  /** It was just asked for in full. */
  expanded: boolean;
};

const notes = { work: true, fee: true, identity: true } as const;

/**
 * One group of choices, each with how many therapists it would leave. A button lists the rest:
 * it sends the form, so boxes that were just ticked stay ticked.
 * `details` is a group by itself; a fieldset around a hundred boxes would only add weight.
 */
export function FacetGroup({ page, view, way }: { page: Page; view: FacetView; way: SearchWay }) {
  const { t } = page;
  const { facet, values, hidden, open, expanded } = view;
  // The part after # stands in the address too, so a private search says no more than "the group".
  const place = way === "private" ? "group" : facet;
  return (
    <details id={facet} open={open}>
      <summary id={expanded ? "group" : undefined}>{t(`search.facet.${facet}`)}</summary>
      {facet in notes && <p>{t(`search.facetNote.${facet as keyof typeof notes}`)}</p>}
      {values.length === 0 && <p>{t("search.noneIn")}</p>}
      {values.map(({ id, label, count, chosen }) => (
        <label key={id}>
          <input type="checkbox" name={facet} value={id} defaultChecked={chosen} />
          {label} {count !== null && <small>{count}</small>}
        </label>
      ))}
      {hidden > 0 && (
        <button
          className="plain"
          type="submit"
          name="all"
          value={facet}
          formAction={page.href(`/therapists#${place}`)}
        >
          {t("search.showAll", { count: values.length + hidden })}
        </button>
      )}
    </details>
  );
}
