import { maxCompared } from "#lib/directory/schema.ts";
import { methodOf, type SearchWay } from "../directory/search-buttons.tsx";
import type { Page } from "../ui/page.ts";

const formId = "compare";

/** A box on a card. It belongs to the form below the cards, so it needs no script. */
export function CompareBox({ page, slug, name }: { page: Page; slug: string; name: string }) {
  return (
    <label className="choice compare-box">
      <input
        type="checkbox"
        name="t"
        value={slug}
        form={formId}
        aria-label={page.t("compare.boxOf", { name })}
        autoComplete="off"
      />
      {page.t("compare.box")}
    </label>
  );
}

/** The boxes' form: the first button keeps to the way in which the search was made. */
export function CompareForm({ page, way }: { page: Page; way: SearchWay }) {
  const { t } = page;
  const other = way === "open" ? "private" : "open";
  return (
    <form
      id={formId}
      className="compare-form"
      action={page.href("/compare")}
      method={methodOf[way]}
      aria-labelledby="compare-lead"
    >
      <p id="compare-lead">{t("compare.lead", { count: maxCompared })}</p>
      <button type="submit">{t(`compare.${way}`)}</button>{" "}
      <button type="submit" className="quiet" formMethod={methodOf[other]}>
        {t(`compare.${other}`)}
      </button>
    </form>
  );
}
