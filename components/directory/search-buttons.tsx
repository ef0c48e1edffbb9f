import type { Page } from "../ui/page.ts";

/** How a search stands in the address: as words, or sealed. */
export type SearchWay = "open" | "private";

export const methodOf = { open: "get", private: "post" } as const;

type SearchButtonsProps = {
  page: Page;
  /** How the form is sent by itself. */
  way: SearchWay;
  label: string;
};

/**
 * Both ways to send a search. Enter presses the first button of a form, so the first keeps to the
 * way that was chosen before: nobody leaves a private search by accident.
 */
export function SearchButtons({ page, way, label }: SearchButtonsProps) {
  const { t } = page;
  const other = way === "open" ? "private" : "open";
  return (
    <div className="search-buttons">
      <button type="submit">{label}</button>
      <button
        type="submit"
        className="quiet"
        formMethod={methodOf[other]}
        aria-describedby={other === "private" ? "private-hint" : undefined}
      >
        {t(other === "private" ? "search.privately" : "search.openly")}
      </button>
      {other === "private" && (
        <p id="private-hint" className="note">
          {t("search.privatelyHint")}{" "}
          <a href={page.href("/leave-fast#searching")}>{t("search.privatelyMore")}</a>
        </p>
      )}
    </div>
  );
}
