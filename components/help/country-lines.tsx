import type { HelpCountry } from "#lib/reference/queries.ts";
import type { Page } from "../ui/page.ts";
import { dial } from "./dial.ts";
import { LineEntry } from "./line-entry.tsx";

type CountryLinesProps = { page: Page; country: HelpCountry; id: string };

export function CountryLines({ page, country, id }: CountryLinesProps) {
  const { t, locale } = page;
  return (
    <section aria-labelledby={id} className="country">
      <h2 id={id}>{country.name[locale]}</h2>
      <p>
        <strong>{t("help.emergency")}</strong>
        {country.emergency.map((number) => (
          <a key={number} className="number" href={dial("tel", number)}>
            {number}
          </a>
        ))}
      </p>
      {country.note && <p>{country.note[locale]}</p>}
      {country.lines.map((line) => (
        <LineEntry key={line.id} page={page} line={line} />
      ))}
      <p className="to-countries">
        <a href="#countries">{t("help.toCountries")}</a>
      </p>
    </section>
  );
}
