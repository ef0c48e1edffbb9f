import type { Page } from "../ui/page.ts";
import { ParasolMark } from "../ui/parasol-mark.tsx";

/** Leads home, from the top of every page. */
export function SiteName({ page: { href, site } }: { page: Page }) {
  return (
    <a className="site-name" href={href("/")}>
      <ParasolMark />
      {site.name}
    </a>
  );
}
