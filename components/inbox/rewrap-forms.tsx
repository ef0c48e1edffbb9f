import type { OwnKey } from "#lib/enquiries/queries.ts";
import { Sayings } from "../letters/sayings.tsx";
import type { Page } from "../ui/page.ts";
import { Lines } from "./lines.tsx";
import { PassphraseFields } from "./passphrase-fields.tsx";
import { RecoveryCheck, RecoverySheet } from "./recovery-sheet.tsx";
import { UnlockForm } from "./unlock-form.tsx";

/** Other ways to open the same keys: unlock them, then wrap them anew. */
export function RewrapForms({ page, keys }: { page: Page; keys: readonly OwnKey[] }) {
  const { t, href, site } = page;
  return (
    <section className="new-key" aria-labelledby="rewrap" data-rewrap data-asleep hidden>
      <h2 id="rewrap">{t("inbox.rewrap.heading")}</h2>
      <p>{t("inbox.rewrap.lead")}</p>
      <div data-locked>
        <UnlockForm page={page} keys={keys} />
      </div>
      <div data-unlocked hidden>
        <p data-partly hidden>
          {t("inbox.rewrap.partly")}
        </p>
        <details>
          <summary>{t("inbox.rewrap.passphrase")}</summary>
          <form autoComplete="off" data-by="passphrase">
            <PassphraseFields page={page} prefix="rewrap" />
            <Lines />
            <button type="submit">{t("inbox.rewrap.passphraseButton")}</button>
          </form>
        </details>
        <details>
          <summary>{t("inbox.rewrap.recovery")}</summary>
          <p>{t("inbox.rewrap.recoveryLead")}</p>
          <form data-make-recovery>
            <button type="submit" className="outlined">
              {t("inbox.rewrap.recoveryMake")}
            </button>
          </form>
        </details>
        <details data-passkey-part hidden>
          <summary>{t("inbox.rewrap.passkey")}</summary>
          <form data-by="passkey" data-name={t("inbox.passkey.name", { site: site.name })}>
            <p>{t("inbox.rewrap.passkeyLead")}</p>
            <Lines />
            <button type="submit" className="outlined">
              {t("inbox.rewrap.passkeyButton")}
            </button>
          </form>
        </details>
      </div>
      <RecoverySheet page={page} />
      <form autoComplete="off" data-by="recovery" hidden>
        <RecoveryCheck page={page} prefix="rewrap" />
        <Lines />
        <button type="submit">{t("inbox.rewrap.recoveryButton")}</button>
      </form>
      <form method="post" action={href("/account/messages/keys")} data-send hidden>
        <input type="hidden" name="intent" value="rewrap" />
        <input type="hidden" name="by" />
      </form>
      <Sayings
        sayings={{
          "passkey-refused": t("inbox.passkey.refused"),
          saving: t("inbox.make.saving"),
          failed: t("inbox.trouble.failed"),
        }}
      />
    </section>
  );
}
