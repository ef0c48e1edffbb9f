import type { Page } from "../ui/page.ts";

const parts = [
  ["does", ["leaveFast.does.goes", "leaveFast.does.first", "leaveFast.does.keys"]],
  ["doesNot", ["leaveFast.doesNot.history", "leaveFast.doesNot.back", "leaveFast.doesNot.others"]],
  [
    "clear",
    [
      "leaveFast.clear.pages",
      "leaveFast.clear.computer",
      "leaveFast.clear.phone",
      "leaveFast.clear.synced",
    ],
  ],
  [
    "searching",
    [
      "leaveFast.searching.open",
      "leaveFast.searching.sealed",
      "leaveFast.searching.hour",
      "leaveFast.searching.profiles",
    ],
  ],
  [
    "before",
    [
      "leaveFast.before.window",
      "leaveFast.before.work",
      "leaveFast.before.shared",
      "leaveFast.before.tor",
    ],
  ],
] as const;

/** What the way out does and what it cannot do, so that nobody counts on more. */
export function LeaveFast({ page }: { page: Page }) {
  const { t } = page;
  return (
    <div className="prose">
      <h1>{t("leaveFast.heading")}</h1>
      <p className="lead">{t("leaveFast.lead")}</p>
      {parts.map(([part, lines]) => (
        <section key={part} aria-labelledby={part}>
          <h2 id={part}>{t(`leaveFast.${part}.heading`)}</h2>
          <ul>
            {lines.map((line) => (
              <li key={line}>{t(line)}</li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}
