import type { Page } from "#components/ui/page.ts";
import { regionName, termLabel } from "#lib/reference/queries.ts";
import { todayUtc } from "#lib/vetting/rules.ts";
import { type Locale, locales, wordsFor } from "#lib/words/labels.ts";
import { config, stylesheet } from "./site.ts";

const site = {
  name: config.SITE_NAME,
  exitUrl: config.EXIT_URL,
  demo: config.DEMO === "1",
};

/** What the components of one page are handed. An unknown language is answered in English. */
export function pageFor(wantedLocale: string, url: URL): Page {
  const locale: Locale = locales.find((known) => known === wantedLocale) ?? "en";
  const prefix = locale === "en" ? "" : `/${locale}`;
  const path = url.pathname.slice(prefix.length) || "/";
  return {
    ...wordsFor(locale),
    today: todayUtc(),
    path: path + url.search,
    href: (to) => (to === "/" && prefix ? prefix : prefix + to),
    term: (kind, id) => termLabel(kind, id, locale),
    region: (code) => regionName(code, locale),
    place: (city, region) => `${city}, ${regionName(region, locale)}`,
    site: { ...site, stylesheet: stylesheet() },
  };
}
