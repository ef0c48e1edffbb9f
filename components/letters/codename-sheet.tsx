import type { Page } from "../ui/page.ts";
import { Sayings } from "./sayings.tsx";

const ways = ["letters.keep.paper", "letters.keep.manager", "letters.keep.phone"] as const;

/** The twelve words, to be written down, and how to keep them. A script fills it in. */
export function CodenameSheet({ page: { t } }: { page: Page }) {
  return (
    <div data-sheet>
      <ol className="codename" aria-label={t("letters.words.label")} data-codename />
      <p className="on-screen">
        <button type="button" className="outlined" data-copy>
          {t("letters.keep.copy")}
        </button>{" "}
        <span role="status" data-copied />
      </p>
      <h2>{t("letters.keep.heading")}</h2>
      <ul>
        {ways.map((way) => (
          <li key={way}>{t(way)}</li>
        ))}
        <li>
          <strong>{t("letters.keep.lost")}</strong>
        </li>
      </ul>
      <div className="field check-word on-screen">
        <label htmlFor="check-word" data-check-label>
          {t("letters.keep.check", { number: "{number}" })}
        </label>
        <input
          id="check-word"
          type="text"
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          data-check
        />
        <p role="status" data-checked />
      </div>
      <Sayings
        sayings={{
          copied: t("letters.keep.copied"),
          "not-copied": t("letters.keep.notCopied"),
          "check-right": t("letters.keep.checkRight"),
          "check-wrong": t("letters.keep.checkWrong"),
        }}
      />
    </div>
  );
}
