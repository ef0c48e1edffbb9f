import type { Page } from "../ui/page.ts";
import { CodenameField } from "./codename-field.tsx";
import { ProgressLines } from "./progress-lines.tsx";
import { Sayings } from "./sayings.tsx";

/**
 * Fields without names and a form without an address: whatever breaks, a browser by itself has
 * nothing to send. It is there once the script runs that seals.
 */
export function SealForm({ page }: { page: Page }) {
  const { t } = page;
  return (
    <form className="seal" autoComplete="off" data-seal data-asleep hidden>
      <div className="field">
        <label htmlFor="message">{t("letters.write.label")}</label>
        <p id="message-hint">{t("letters.write.hint")}</p>
        <p id="message-problem" className="problem" role="alert" data-message-problem hidden />
        <textarea
          id="message"
          rows={10}
          autoComplete="off"
          spellCheck={false}
          aria-describedby="message-hint message-room message-problem"
          data-message
        />
        <p id="message-room" className="count" data-room />
      </div>
      <details data-known>
        <summary>{t("letters.words.known")}</summary>
        <p>{t("letters.words.sameOnly")}</p>
        <CodenameField page={page} />
      </details>
      <p className="honest">{t("letters.write.lie")}</p>
      <ProgressLines page={page} />
      <button type="submit" disabled data-ready>
        {t("letters.write.send")}
      </button>
      <Sayings
        sayings={{
          empty: t("letters.write.empty"),
          "too-long": t("letters.write.tooLong"),
          room: t("letters.write.room", { number: "{number}" }),
          "room-left": t("letters.write.roomLeft", { number: "{number}" }),
          "room-over": t("letters.write.roomOver", { number: "{number}" }),
          sealing: t("letters.step.sealing"),
          lost: t("letters.trouble.lost"),
          "no-key": t("letters.trouble.noKey"),
          "key-changed": t("letters.trouble.keyChanged", { fingerprint: "{fingerprint}" }),
          "bad-recipient": t("letters.trouble.noKey"),
        }}
      />
    </form>
  );
}
