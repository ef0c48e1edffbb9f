import type { EvidenceItem } from "#lib/evidence/queries.ts";
import type { Page } from "../ui/page.ts";

type EvidenceListProps = {
  page: Page;
  items: readonly EvidenceItem[];
  hrefs: {
    /** Opens the document by GET, and takes it away by POST. */
    file: (id: string) => string;
    /** Where one more can be added; null where that page is the one we are on. */
    add: string | null;
  };
  /** Moderators have it: shown, and not to be changed. */
  frozen: boolean;
};

/** The documents of one claim. */
export function EvidenceList({ page, items, hrefs, frozen }: EvidenceListProps) {
  const { t } = page;
  return (
    <>
      {items.length === 0 && <p>{t("evidence.none")}</p>}
      {items.length > 0 && (
        <ul className="documents" aria-label={t("evidence.title")}>
          {items.map((item) => (
            <li key={item.id}>
              <a href={hrefs.file(item.id)} download={item.fileName}>
                {item.fileName}
              </a>
              <small>{factsOf(page, item)}</small>
              {!frozen && (
                <form method="post" action={hrefs.file(item.id)}>
                  <button type="submit" className="plain">
                    {t("evidence.remove", { name: item.fileName })}
                  </button>
                </form>
              )}
            </li>
          ))}
        </ul>
      )}
      {hrefs.add !== null && !frozen && (
        <p>
          <a href={hrefs.add}>{t("evidence.add")}</a>
        </p>
      )}
    </>
  );
}

function factsOf(page: Page, { pages, byteLength, uploadedAt }: EvidenceItem): string {
  const { t } = page;
  const size =
    byteLength < 1_000_000
      ? t("evidence.kilobytes", { size: page.number(Math.ceil(byteLength / 1_000)) })
      : t("evidence.megabytes", { size: page.number(Math.round(byteLength / 100_000) / 10) });
  const added = t("evidence.addedOn", { day: page.day(uploadedAt.toISOString().slice(0, 10)) });
  const length = pages === null ? null : t("evidence.pages", { count: pages });
  return [length, size, added].filter(Boolean).join(" · ");
}
