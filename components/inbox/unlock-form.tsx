import type { OwnKey } from "#lib/enquiries/queries.ts";
import { Sayings } from "../letters/sayings.tsx";
import type { Page } from "../ui/page.ts";

/**
 * Three ways to open the keys. No field has a name and the form has no address: whatever breaks, a
 * browser by itself has nothing to send.
 */
export function UnlockForm({ page, keys }: { page: Page; keys: readonly OwnKey[] }) {
  const { t } = page;
  return (
    <form className="unlock" autoComplete="off" data-unlock data-asleep hidden>
      <div className="field">
        <label htmlFor="unlock-passphrase">{t("inbox.unlock.passphrase")}</label>
        <p id="unlock-hint">{t("inbox.unlock.hint")}</p>
        <input
          id="unlock-passphrase"
          type="password"
          autoComplete="current-password"
          spellCheck={false}
          aria-describedby="unlock-hint"
          data-passphrase
        />
        <button type="button" className="plain" aria-pressed="false" data-show>
          {t("inbox.passphrase.show")}
        </button>
      </div>
      <details data-recovery-way>
        <summary>{t("inbox.unlock.byRecovery")}</summary>
        <div className="field">
          <label htmlFor="unlock-recovery">{t("inbox.unlock.recovery")}</label>
          <p id="unlock-recovery-hint">{t("inbox.unlock.recoveryHint")}</p>
          <textarea
            id="unlock-recovery"
            rows={3}
            autoComplete="off"
            autoCapitalize="characters"
            spellCheck={false}
            aria-describedby="unlock-recovery-hint"
            data-recovery
          />
        </div>
      </details>
      <p role="alert" className="alarm" data-alarm />
      <p role="status" className="step" data-status />
      <p className="buttons">
        <button type="submit" disabled data-ready>
          {t("inbox.unlock.button")}
        </button>
        <button type="button" className="outlined" data-passkey hidden>
          {t("inbox.unlock.byPasskey")}
        </button>
      </p>
      {keys.map((key) => (
        <template
          key={key.id}
          data-key={key.id}
          data-recipient={key.recipient}
          data-by-passphrase={key.wrappedByPassphrase}
          data-by-recovery={key.wrappedByRecovery}
          data-by-passkey={key.wrappedByPasskey ?? undefined}
        />
      ))}
      <Sayings
        sayings={{
          unlocking: t("inbox.unlock.unlocking"),
          "no-secret": t("inbox.unlock.noSecret"),
          "wrong-passphrase": t("inbox.unlock.wrongPassphrase"),
          "wrong-recovery": t("inbox.unlock.wrongRecovery"),
          "no-passkey": t("inbox.unlock.noPasskey"),
          "other-key": t("inbox.unlock.otherKey"),
          damaged: t("inbox.unlock.damaged"),
          "too-costly": t("inbox.unlock.damaged"),
          failed: t("inbox.trouble.failed"),
        }}
      />
    </form>
  );
}
