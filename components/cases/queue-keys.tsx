import type { Page } from "../ui/page.ts";

const keys = ["j", "k", "o", "c", "/", "?"] as const;
const names = {
  j: "next",
  k: "previous",
  o: "open",
  c: "claim",
  "/": "filter",
  "?": "help",
} as const satisfies Record<(typeof keys)[number], string>;

/** The single keys of the queue, and a switch for them; there once scripts have begun. */
export function QueueKeys({ page: { t } }: { page: Page }) {
  return (
    <details className="keys" data-keys hidden>
      <summary>{t("moderation.keys.heading")}</summary>
      <label className="choice">
        <input type="checkbox" data-keys-on defaultChecked />
        <span>{t("moderation.keys.on")}</span>
      </label>
      <dl>
        {keys.map((key) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{t(`moderation.keys.${names[key]}`)}</dd>
          </div>
        ))}
      </dl>
      <p className="note">{t("moderation.keys.fields")}</p>
    </details>
  );
}
