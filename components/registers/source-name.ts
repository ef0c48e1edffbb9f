import type { Page } from "../ui/page.ts";

/** Our own words for the registers that we know; for all others what their settings call them. */
export function sourceName({ t }: Page, id: string, name: string | null): string {
  if (id === "nppes" || id === "leie") return t(`registers.source.${id}`);
  return name ?? id;
}
