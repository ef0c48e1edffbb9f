import type { Page } from "../ui/page.ts";

export type Loosening = { what: string; total: number; href: string };

type NoResultsProps = { page: Page; ways: readonly Loosening[]; againHref: string };

/** Nobody fits: says which single change would help, and how much. */
export function NoResults({ page, ways, againHref }: NoResultsProps) {
  const { t } = page;
  return (
    <section className="no-results" aria-labelledby="loosen">
      <p>{t("search.noneLead")}</p>
      <h2 id="loosen">{t("search.loosenHeading")}</h2>
      {ways.length === 0 ? (
        <p>{t("search.loosenNone")}</p>
      ) : (
        <ul>
          {ways.map(({ what, total, href }) => (
            <li key={href}>
              <a href={href}>{t("search.loosen", { what, count: total })}</a>
            </li>
          ))}
        </ul>
      )}
      <p>
        <a href={againHref}>{t("search.startAgain")}</a>
      </p>
    </section>
  );
}
