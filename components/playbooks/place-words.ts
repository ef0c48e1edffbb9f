import type { Page } from "../ui/page.ts";

/** "California and Oregon"; a whole country by its name, and `*` as anywhere. */
export function placeWords(page: Page, patterns: readonly string[]): string {
  return page.list(patterns.map((pattern) => placeWord(page, pattern)));
}

function placeWord({ t, region, locale }: Page, pattern: string): string {
  if (pattern === "*") return t("playbooks.anywhere");
  if (!pattern.endsWith("-*")) return region(pattern);
  const names = new Intl.DisplayNames(locale, { type: "region" });
  return names.of(pattern.slice(0, 2)) ?? pattern;
}
