import type { Page } from "../ui/page.ts";

export type Chip = { label: string; href: string };

/** What is asked for now; each chip is a link to the same search without it. */
export function Chips({
  page,
  chips,
  clearHref,
}: {
  page: Page;
  chips: readonly Chip[];
  clearHref: string;
}) {
  if (chips.length === 0) return null;
  const { t } = page;
  return (
    <nav className="chips" aria-label={t("search.active")}>
      <ul>
        {chips.map(({ label, href }) => (
          <li key={href}>
            <a href={href} aria-label={t("search.remove", { what: label })}>
              {label} <span aria-hidden="true">×</span>
            </a>
          </li>
        ))}
        <li>
          <a className="clear" href={clearHref}>
            {t("search.clear")}
          </a>
        </li>
      </ul>
    </nav>
  );
}
