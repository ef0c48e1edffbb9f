import type { ReactNode } from "react";
import type { Page } from "../ui/page.ts";

/** A whole page of its own, small enough for a frame. */
export function FramePage({ page, children }: { page: Page; children: ReactNode }) {
  const { t, locale, site } = page;
  return (
    <html lang={locale}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{t("evidence.title")}</title>
        <link rel="stylesheet" href={site.stylesheet} />
      </head>
      <body className="document-pages">
        <main>{children}</main>
      </body>
    </html>
  );
}
