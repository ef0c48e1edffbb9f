import type { Page } from "../ui/page.ts";

/** A field that stands differently in the other tab. */
export type Difference = { label: string; saved: string };

type ConflictNoticeProps = { page: Page; path: string; differences: readonly Difference[] };

/** The page was saved elsewhere meanwhile: both texts are there, and the person decides. */
export function ConflictNotice({ page, path, differences }: ConflictNoticeProps) {
  const { t, href } = page;
  return (
    <section
      className="notice wrong"
      role="alert"
      aria-labelledby="conflict"
      data-focus
      tabIndex={-1}
    >
      <h2 id="conflict">{t("editor.conflictHeading")}</h2>
      <p>{t("editor.conflict")}</p>
      <dl>
        {differences.map(({ label, saved }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd className="kept">{saved || t("editor.conflictEmpty")}</dd>
          </div>
        ))}
      </dl>
      <p>
        <a href={href(path)}>{t("editor.conflictTakeSaved")}</a>
      </p>
    </section>
  );
}
