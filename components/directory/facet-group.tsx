import type { FacetKey } from "#lib/directory/schema.ts";
import type { Page } from "../ui/page.ts";

export type FacetValue = { id: string; label: string; count: number; chosen: boolean };

export type FacetView = {
  facet: FacetKey;
  values: readonly FacetValue[];
  /** Values that are there but not listed, to keep the page short. */
  hidden: number;
  open: boolean;
};

const notes = { work: true, fee: true, identity: true } as const;

/**
 * One group of choices, each with how many therapists it would leave. A button lists the rest:
 * it sends the form, so boxes that were just ticked stay ticked.
 * `details` is a group by itself; a fieldset around a hundred boxes would only add weight.
 */
export function FacetGroup({ page, view }: { page: Page; view: FacetView }) {
  const { t } = page;
  const { facet, values, hidden, open } = view;
  return (
    <details id={facet} open={open}>
      <summary>{t(`search.facet.${facet}`)}</summary>
      {facet in notes && <p>{t(`search.facetNote.${facet as keyof typeof notes}`)}</p>}
      {values.length === 0 && <p>{t("search.noneIn")}</p>}
      {values.map(({ id, label, count, chosen }) => (
        <label key={id}>
          <input type="checkbox" name={facet} value={id} defaultChecked={chosen} />
          {label} <small>{count}</small>
        </label>
      ))}
      {hidden > 0 && (
        <button
          className="plain"
          type="submit"
          name="all"
          value={facet}
          formAction={page.href(`/therapists#${facet}`)}
        >
          {t("search.showAll", { count: values.length + hidden })}
        </button>
      )}
    </details>
  );
}
