import type { ReactNode } from "react";
import type { Page } from "../ui/page.ts";

/** What stands in place of a form that needs scripts, until they run. */
export function WithoutScripts({ page: { t }, children }: { page: Page; children: ReactNode }) {
  return (
    <section className="notice without" aria-labelledby="without" data-without>
      <h2 id="without">{t("letters.without.heading")}</h2>
      <p>{t("letters.without.why")}</p>
      {children}
    </section>
  );
}
