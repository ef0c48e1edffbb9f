import type { CardView } from "#lib/directory/index-document.ts";
import { maxPage, pageSize } from "#lib/directory/schema.ts";
import type { Trouble } from "#lib/directory/search-directory.ts";
import { CompareForm } from "../compare/compare-form.tsx";
import type { Page } from "../ui/page.ts";
import { Pager } from "../ui/pager.tsx";
import { type Chip, Chips } from "./chips.tsx";
import { type Loosening, NoResults } from "./no-results.tsx";
import {
  OtherPlaces,
  type PlaceChoice,
  type PlaceTrouble,
  ProblemNotices,
} from "./problem-notices.tsx";
import { type CardFit, ResultCard } from "./result-card.tsx";
import { type FormView, SearchForm } from "./search-form.tsx";
import { TroubleNote } from "./trouble-note.tsx";

export type ResultsPage = {
  form: FormView;
  problems: Parameters<typeof ProblemNotices>[0]["problems"];
  placeTrouble: PlaceTrouble | null;
  otherPlaces: readonly PlaceChoice[];
  nearWithoutPlace: boolean;
  chips: readonly Chip[];
  clearHref: string;
  results: readonly { card: CardView; fit: CardFit }[];
  pages: number;
  hrefOfPage: (page: number) => string;
  loosen: readonly Loosening[];
  trouble: Trouble | null;
};

export function ResultsView({ page, view }: { page: Page; view: ResultsPage }) {
  const { t } = page;
  const { criteria, total, way } = view.form;
  return (
    <div className="results-page">
      <h1>{t("search.heading")}</h1>
      <p className="to-results">
        <a href="#results">{t("search.toResults")}</a>
      </p>
      <SearchForm page={page} view={view.form} />
      <div className="results" id="results">
        <ProblemNotices
          page={page}
          problems={view.problems}
          place={view.placeTrouble}
          nearWithoutPlace={view.nearWithoutPlace}
        />
        <TroubleNote page={page} trouble={view.trouble} />
        {way === "private" && <p className="note">{t("search.isPrivate")}</p>}
        <p className="total" role="status">
          {totalText(page, total, criteria.page)}
        </p>
        <Chips page={page} chips={view.chips} clearHref={view.clearHref} />
        <OtherPlaces page={page} name={criteria.where} places={view.otherPlaces} />
        {total === 0 ? (
          <NoResults page={page} ways={view.loosen} againHref={view.clearHref} />
        ) : (
          <>
            <ol className="cards" aria-label={t("search.results")}>
              {view.results.map(({ card, fit }) => (
                <li key={card.therapistId}>
                  <ResultCard page={page} card={card} fit={fit} />
                </li>
              ))}
            </ol>
            <CompareForm page={page} way={way} />
          </>
        )}
        {criteria.page === maxPage && view.pages === maxPage && <p>{t("search.lastPage")}</p>}
        <Pager page={page} current={criteria.page} pages={view.pages} hrefOf={view.hrefOfPage} />
      </div>
    </div>
  );
}

function totalText({ t }: Page, total: number, current: number): string {
  const from = (current - 1) * pageSize + 1;
  if (total <= pageSize || from > total) return t("search.total", { count: total });
  const to = Math.min(total, current * pageSize);
  return t("search.totalRange", { count: total, from, to });
}
