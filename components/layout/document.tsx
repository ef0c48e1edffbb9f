import type { ReactNode } from "react";
import { CopyNotice } from "../mirror/copy-notice.tsx";
import type { Page } from "../ui/page.ts";
import { SiteFooter } from "./site-footer.tsx";
import { SiteHeader } from "./site-header.tsx";

type DocumentProps = {
  page: Page;
  title: string;
  /** Only pages that a therapist opened to search engines may be indexed. */
  indexable?: boolean;
  /** In place of the readers' header. */
  header?: ReactNode;
  /** Reader pages have none. */
  script?: string;
  children: ReactNode;
};

/** A whole page. Title and metadata say nothing of what the site is about. */
export function Document(props: DocumentProps) {
  const { page, title, indexable = false, header, script, children } = props;
  const { locale, site, t } = page;
  return (
    <html lang={locale}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{`${title} · ${site.name}`}</title>
        <meta name="robots" content={indexable ? "index, noarchive" : "noindex, nofollow"} />
        {page.copyOf && <CopyPolicy />}
        <meta name="color-scheme" content="light dark" />
        <link rel="icon" href="/assets/mark.svg" type="image/svg+xml" />
        <link rel="stylesheet" href={site.stylesheet} />
        {script && <script src={script} defer />}
      </head>
      <body>
        <nav aria-label={t("site.shortcuts")}>
          <a className="exit" href={site.exitUrl} rel="noreferrer" title={t("site.exitHint")}>
            {t("site.exit")}
          </a>
          <a className="skip" href="#main">
            {t("site.skip")}
          </a>
        </nav>
        {site.demo && (
          <aside className="demo" aria-label={t("site.demoName")}>
            {t("site.demo")}
          </aside>
        )}
        {page.copyOf && <CopyNotice page={page} asOf={page.copyOf} />}
        {header ?? <SiteHeader page={page} />}
        <main id="main">{children}</main>
        <SiteFooter page={page} />
      </body>
    </html>
  );
}

/** What the site says by headers: whoever serves a copy may say nothing. */
function CopyPolicy() {
  return (
    <>
      <meta
        httpEquiv="Content-Security-Policy"
        content="default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'"
      />
      <meta name="referrer" content="same-origin" />
    </>
  );
}
