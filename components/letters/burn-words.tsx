import type { Page } from "../ui/page.ts";

/** Destroys what is kept under twelve words, after a second press. */
export function BurnWords({ page: { t } }: { page: Page }) {
  return (
    <section className="burn" aria-labelledby="burn" data-asleep hidden>
      <h2 id="burn">{t("letters.burn.heading")}</h2>
      <p>{t("letters.burn.lead")}</p>
      <p>
        <button type="button" className="outlined" disabled data-burn data-ready>
          {t("letters.burn.button")}
        </button>
      </p>
      <section className="notice" aria-labelledby="burn-sure" data-sure hidden>
        <h2 id="burn-sure">{t("letters.burn.sure")}</h2>
        <ul>
          <li>{t("letters.burn.gone")}</li>
          <li>{t("letters.burn.stays")}</li>
        </ul>
        <p className="buttons">
          <button type="button" data-burn-now data-ready>
            {t("letters.burn.now")}
          </button>
          <button type="button" className="plain" data-burn-not>
            {t("letters.burn.not")}
          </button>
        </p>
      </section>
      <section className="notice" aria-labelledby="burnt" data-burnt hidden>
        <h2 id="burnt">{t("letters.burn.done")}</h2>
        <p>{t("letters.burn.doneLead")}</p>
      </section>
    </section>
  );
}
