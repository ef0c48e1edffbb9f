import type { HelpLines } from "#lib/reference/schema.ts";
import type { Page } from "../ui/page.ts";

type ElsewhereProps = { page: Page; places: HelpLines["elsewhere"] };

/** Where people in other countries can look. */
export function ElsewhereList({ page: { t, locale }, places }: ElsewhereProps) {
  return (
    <section aria-labelledby="elsewhere" className="country">
      <h2 id="elsewhere">{t("help.elsewhere")}</h2>
      <p>{t("help.elsewhereLead")}</p>
      <ul>
        {places.map((place) => (
          <li key={place.id}>
            <a href={place.website} rel="noreferrer external">
              {place.name}
            </a>
            : {place.for[locale]}.
          </li>
        ))}
      </ul>
    </section>
  );
}
