import type { Page } from "../ui/page.ts";
import { Sayings } from "./sayings.tsx";

/** Where someone types the twelve words that they have. It has no name: no form can send it. */
export function CodenameField({ page: { t } }: { page: Page }) {
  return (
    <div className="field">
      <label htmlFor="words">{t("letters.words.label")}</label>
      <p id="words-hint">{t("letters.words.hint")}</p>
      <p id="words-problem" className="problem" role="alert" data-words-problem hidden />
      <textarea
        id="words"
        rows={3}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        aria-describedby="words-hint words-problem"
        data-words-typed
      />
      <div className="suggestions" data-suggestions hidden />
      <Sayings
        sayings={{
          count: t("letters.words.count", { count: "{count}" }),
          "unknown-words": t("letters.words.unknown"),
          checksum: t("letters.words.checksum"),
          "did-you-mean": t("letters.words.didYouMean", { word: "{word}" }),
          "no-such-word": t("letters.words.noSuchWord", { word: "{word}" }),
        }}
      />
    </div>
  );
}
