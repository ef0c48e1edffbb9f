import type { Page } from "#components/ui/page.ts";
import { askedPath } from "#lib/planes/rules.ts";
import { linkFrom, planeOfHost, twoHosts } from "#lib/planes/two-hosts.ts";
import { regionName, termLabel } from "#lib/reference/queries.ts";
import { todayUtc } from "#lib/vetting/rules.ts";
import { type Locale, locales, wordsFor } from "#lib/words/labels.ts";
import { config, stylesheet } from "./site.ts";

const site = {
  name: config.SITE_NAME,
  exitUrl: config.EXIT_URL,
  demo: config.DEMO === "1",
};

const hosts = twoHosts(config);

/**
 * What the components of one page are handed. An unknown language is answered in English.
 * @param host the `Host` header: with two hosts, links to the other one are whole addresses
 */
export function pageFor(wantedLocale: string, url: URL, host: string | null = null): Page {
  const locale: Locale = locales.find((known) => known === wantedLocale) ?? "en";
  const prefix = locale === "en" ? "" : `/${locale}`;
  const path = askedPath(url.pathname.slice(prefix.length) || "/");
  const plane = hosts && planeOfHost(host, hosts);
  return {
    ...wordsFor(locale),
    today: todayUtc(),
    path: path + url.search,
    href: (to) => {
      const here = to === "/" && prefix ? prefix : prefix + to;
      return hosts && plane ? linkFrom(plane, here, hosts) : here;
    },
    term: (kind, id) => termLabel(kind, id, locale),
    region: (code) => regionName(code, locale),
    place: (city, region) => `${city}, ${regionName(region, locale)}`,
    site: { ...site, stylesheet: stylesheet() },
  };
}
