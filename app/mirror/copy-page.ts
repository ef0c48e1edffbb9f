import type { Page } from "#components/ui/page.ts";
import type { Locale } from "#lib/words/labels.ts";
import { pageFor } from "../reader/page-for.ts";

/** Any origin: no address of a copy has one. */
const nowhere = "http://copy.invalid";

/** The page of a path, as a copy has it: each page is a folder, so that any server can show it. */
export function copyPage(locale: Locale, path: string, asOf: string): Page {
  const prefix = locale === "en" ? "" : `/${locale}`;
  const page = pageFor(locale, new URL(prefix + path, nowhere));
  return {
    ...page,
    today: asOf,
    copyOf: asOf,
    path: folderOf(path),
    href: (to) => {
      const { pathname, searchParams, hash } = new URL(to, nowhere);
      const region = searchParams.get("region");
      return prefix + folderOf(region ? regionPath(region) : pathname) + hash;
    },
  };
}

/** Where the list of those who can see someone in a region lies. */
export const regionPath = (code: string) => `/therapists/in/${code.toLowerCase()}`;

/** The file of a page, below the copy's folder. */
export function fileOf(locale: Locale, path: string): string {
  const prefix = locale === "en" ? "" : `/${locale}`;
  return `${prefix + folderOf(path)}index.html`.slice(1);
}

function folderOf(path: string): string {
  return path.endsWith("/") ? path : `${path}/`;
}
