import type { Page } from "../ui/page.ts";

type DocumentPagesProps = {
  page: Page;
  fileName: string;
  /** Pictures as `data:` addresses: nothing of a document has an address of its own. */
  pictures: readonly string[];
};

/** A whole page of its own, small enough for a frame: the pictures of one document. */
export function DocumentPages({ page, fileName, pictures }: DocumentPagesProps) {
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
        <main>
          <h1 className="unseen">{fileName}</h1>
          {pictures.map((picture, position) => (
            // biome-ignore lint/performance/noImgElement: the picture is in the page itself
            <img
              // biome-ignore lint/suspicious/noArrayIndexKey: pages are known by their number
              key={position}
              src={picture}
              alt={t("moderation.documents.page", {
                name: fileName,
                page: position + 1,
                pages: pictures.length,
              })}
            />
          ))}
        </main>
      </body>
    </html>
  );
}
