import { PASSPHRASE_MIN } from "#lib/letters/keys.ts";
import { Sayings } from "../letters/sayings.tsx";
import type { Page } from "../ui/page.ts";

/** A new passphrase, twice. Its length counts and nothing else; the fields have no names. */
export function PassphraseFields({ page: { t }, prefix }: { page: Page; prefix: string }) {
  return (
    <>
      <div className="field">
        <label htmlFor={`${prefix}-passphrase`}>{t("inbox.passphrase.label")}</label>
        <p id={`${prefix}-hint`}>{t("inbox.passphrase.hint", { min: PASSPHRASE_MIN })}</p>
        <input
          id={`${prefix}-passphrase`}
          type="password"
          autoComplete="new-password"
          spellCheck={false}
          aria-describedby={`${prefix}-hint ${prefix}-strength`}
          data-passphrase
        />
        <p id={`${prefix}-strength`} className="count" aria-live="polite" data-strength />
        <button type="button" className="plain" aria-pressed="false" data-show>
          {t("inbox.passphrase.show")}
        </button>
      </div>
      <div className="field">
        <label htmlFor={`${prefix}-again`}>{t("inbox.passphrase.again")}</label>
        <input
          id={`${prefix}-again`}
          type="password"
          autoComplete="new-password"
          spellCheck={false}
          data-again
        />
      </div>
      <Sayings
        sayings={{
          "passphrase-short": t("inbox.passphrase.short", { count: "{count}" }),
          "passphrase-enough": t("inbox.passphrase.enough"),
          "passphrase-strong": t("inbox.passphrase.strong"),
          "too-short": t("inbox.passphrase.tooShort", { min: PASSPHRASE_MIN }),
          different: t("inbox.passphrase.different"),
          working: t("inbox.passphrase.working"),
        }}
      />
    </>
  );
}
