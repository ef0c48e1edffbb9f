import { Notice } from "../ui/notice.tsx";
import type { Page } from "../ui/page.ts";
import { type FormView, SearchForm } from "./search-form.tsx";

/** An address of a private search that opens no more: says so, and offers an empty form. */
export function LapsedSearch({ page, form }: { page: Page; form: FormView }) {
  const { t } = page;
  return (
    <div className="results-page">
      <h1>{t("search.heading")}</h1>
      <SearchForm page={page} view={form} />
      <div className="results">
        <Notice id="lapsed" heading={t("search.lapsed")}>
          <p>{t("search.lapsedLead")}</p>
        </Notice>
      </div>
    </div>
  );
}
