import type { OwnKey } from "#lib/enquiries/queries.ts";
import type { Page } from "../ui/page.ts";

/** How to open a letter without us: nothing here depends on this site being there. */
export function OpenByAge({ page, keys }: { page: Page; keys: readonly OwnKey[] }) {
  const { t } = page;
  return (
    <details className="own-seal">
      <summary>{t("inbox.age.heading")}</summary>
      <p>{t("inbox.age.lead")}</p>
      <ol>
        <li>{t("inbox.age.key", { file: "key.age" })}</li>
        <li>{t("inbox.age.letter", { file: "letter.age" })}</li>
        <li>
          {t("inbox.age.run")} <code className="command">age -d -i key.age letter.age</code>
        </li>
      </ol>
      <p>{t("inbox.age.padding")}</p>
      {keys.map(({ id, fingerprint, wrappedByPassphrase }) => (
        <figure key={id}>
          <figcaption>
            {t("inbox.age.which")} <code className="fingerprint">{fingerprint}</code>
          </figcaption>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, by keyboard too */}
          <pre className="sealed-text" tabIndex={0}>
            {wrappedByPassphrase}
          </pre>
        </figure>
      ))}
    </details>
  );
}
