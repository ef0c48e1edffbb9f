import { Sayings } from "../letters/sayings.tsx";
import type { Page } from "../ui/page.ts";

/** The recovery key on a sheet of its own; a script fills it in, once. */
export function RecoverySheet({ page }: { page: Page }) {
  const { t, site } = page;
  return (
    <section className="recovery-sheet" data-sheet hidden>
      <h2>{t("inbox.recovery.heading")}</h2>
      <p className="on-screen">{t("inbox.recovery.once")}</p>
      <p>{t("inbox.recovery.for", { site: site.name })}</p>
      <p>
        <code className="recovery-key" data-recovery-key />
      </p>
      <p>
        {t("inbox.recovery.which")} <code className="fingerprint" data-fingerprint />
      </p>
      <p>{t("inbox.recovery.place")}</p>
      <p className="on-screen">
        <button type="button" className="outlined" data-print>
          {t("inbox.recovery.print")}
        </button>
      </p>
    </section>
  );
}

/** Whoever goes on has the sheet: they tick it, and type its end. Neither field has a name. */
export function RecoveryCheck({ page: { t }, prefix }: { page: Page; prefix: string }) {
  return (
    <>
      <label className="choice">
        <input type="checkbox" data-kept />
        <span>{t("inbox.recovery.kept")}</span>
      </label>
      <div className="field">
        <label htmlFor={`${prefix}-end`}>{t("inbox.recovery.end")}</label>
        <input
          id={`${prefix}-end`}
          type="text"
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          data-recovery-end
        />
      </div>
      <Sayings
        sayings={{
          "not-kept": t("inbox.recovery.notKept"),
          "wrong-end": t("inbox.recovery.wrongEnd"),
        }}
      />
    </>
  );
}
