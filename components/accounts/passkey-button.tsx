import type { ReactNode } from "react";
import type { Page } from "../ui/page.ts";

type PasskeyButtonProps = {
  page: Page;
  /** What the button does; app/browser/passkeys.ts knows both. */
  ceremony: "sign-in" | "add";
  /** Where to ask for options and to give the answer; the answer says where to go on. */
  endpoint: string;
  /** A path to go on to. */
  to?: string;
  /** False where the address of the site is a number: browsers make no passkeys for it. */
  possible: boolean;
  label: string;
  /** Fields beside the button. */
  children?: ReactNode;
};

/** Shown by the script that makes it work; without scripts there is a line that says so. */
export function PasskeyButton(props: PasskeyButtonProps) {
  const { page, ceremony, endpoint, to, possible, label, children } = props;
  const { t, href } = page;
  if (!possible) return <p>{t("signIn.passkey.needsName")}</p>;
  return (
    <form
      data-passkey={ceremony}
      data-endpoint={href(endpoint)}
      data-to={to}
      data-unsupported={t("signIn.passkey.unsupported")}
      data-cancelled={t("signIn.passkey.cancelled")}
      data-refused={t("signIn.passkey.refused")}
      data-failed={t("signIn.passkey.failed")}
      data-signed-out={t("signIn.passkey.signedOut")}
      data-known={t("signIn.passkey.known")}
      data-too-many={t("signIn.passkey.tooMany")}
      data-name={t("signIn.passkey.named")}
    >
      <p data-without>{t("signIn.passkey.needsScripts")}</p>
      <div data-with hidden>
        {children}
        <button type="submit" className="quiet">
          {label}
        </button>
      </div>
      <p role="status" className="problem" />
    </form>
  );
}
