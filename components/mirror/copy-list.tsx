import type { CardView } from "#lib/directory/index-document.ts";
import { ResultCard } from "../directory/result-card.tsx";
import type { Page } from "../ui/page.ts";
import { Pager } from "../ui/pager.tsx";

export type CopyListPage = {
  /** A region's code; null for everybody. */
  region: string | null;
  total: number;
  cards: readonly CardView[];
  current: number;
  pages: number;
  hrefOfPage: (page: number) => string;
  /** Regions in which somebody can be seen; on the list of everybody alone. */
  regions: readonly { code: string; count: number; href: string }[];
};

/** A page of the read-only copy's lists: cards as in a search, without what needs a server. */
export function CopyList({ page, view }: { page: Page; view: CopyListPage }) {
  const { t, href } = page;
  const { region, regions } = view;
  return (
    <div className="prose">
      {region !== null && (
        <p className="back">
          <a href={href("/therapists")}>{t("copy.toAll")}</a>
        </p>
      )}
      <h1>
        {region === null ? t("copy.all") : t("copy.inRegion", { region: page.region(region) })}
      </h1>
      <p className="total">{t("copy.total", { count: view.total })}</p>
      {regions.length > 0 && (
        <details>
          <summary>{t("copy.regions")}</summary>
          <ul>
            {regions.map(({ code, count, href: to }) => (
              <li key={code}>
                <a href={to}>{page.region(code)}</a> <small>{page.number(count)}</small>
              </li>
            ))}
          </ul>
        </details>
      )}
      <ol className="cards" aria-label={t("copy.listTitle")}>
        {view.cards.map((card) => (
          <li key={card.therapistId}>
            <ResultCard page={page} card={card} fit={{ matches: [], distance: null }} />
          </li>
        ))}
      </ol>
      <Pager page={page} current={view.current} pages={view.pages} hrefOf={view.hrefOfPage} />
    </div>
  );
}
