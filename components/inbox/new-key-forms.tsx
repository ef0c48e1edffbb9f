import { Sayings } from "../letters/sayings.tsx";
import type { Page } from "../ui/page.ts";
import { Lines } from "./lines.tsx";
import { PassphraseFields } from "./passphrase-fields.tsx";
import { RecoveryCheck, RecoverySheet } from "./recovery-sheet.tsx";

/** Passphrase, then recovery key; only then a form that sends what was wrapped by them. */
export function NewKeyForms({ page, later }: { page: Page; later: boolean }) {
  const { t, href, site } = page;
  return (
    <>
      <form autoComplete="off" data-make>
        <PassphraseFields page={page} prefix="make" />
        <Lines />
        <button type="submit" disabled data-ready>
          {t("inbox.make.button")}
        </button>
      </form>
      <RecoverySheet page={page} />
      <form
        method="post"
        action={href("/account/messages/keys")}
        autoComplete="off"
        data-keep
        hidden
      >
        <input type="hidden" name="intent" value="add" />
        <input type="hidden" name="recipient" />
        <input type="hidden" name="wrappedByPassphrase" />
        <input type="hidden" name="wrappedByRecovery" />
        <input type="hidden" name="wrappedByPasskey" />
        <RecoveryCheck page={page} prefix="make" />
        <p data-passkey-part hidden>
          <button
            type="button"
            className="outlined"
            data-passkey={t("inbox.passkey.name", { site: site.name })}
          >
            {t("inbox.passkey.add")}
          </button>
        </p>
        <Lines />
        <button type="submit">{t(later ? "inbox.make.keepLater" : "inbox.make.keep")}</button>
      </form>
      <Sayings
        sayings={{
          "passkey-ready": t("inbox.passkey.ready"),
          "passkey-refused": t("inbox.passkey.refused"),
          saving: t("inbox.make.saving"),
          failed: t("inbox.trouble.failed"),
        }}
      />
    </>
  );
}
