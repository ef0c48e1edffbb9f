import type { HelpList } from "#lib/reference/queries.ts";
import { Contents } from "../ui/contents.tsx";
import type { Page } from "../ui/page.ts";
import { CountryLines } from "./country-lines.tsx";
import { ElsewhereList } from "./elsewhere-list.tsx";

type HelpViewProps = { page: Page; help: HelpList };

/** What to do in danger, then whom to call, by country. */
export function HelpView({ page, help }: HelpViewProps) {
  const { t, locale } = page;
  return (
    <div className="prose reading help">
      <h1>{t("help.heading")}</h1>
      <p className="lead">{t("help.lead")}</p>
      <section className="notice" aria-labelledby="danger">
        <h2 id="danger">{t("help.danger.heading")}</h2>
        <ul>
          <li>{t("help.danger.place")}</li>
          <li>{t("help.danger.trusted")}</li>
          <li>{t("help.danger.emergency")}</li>
          <li>{t("help.danger.breathing")}</li>
        </ul>
      </section>
      <h2 id="countries">{t("help.countries")}</h2>
      <Contents
        label={t("help.countries")}
        parts={[
          ...help.countries.map(({ code, name }) => ({ id: idOf(code), name: name[locale] })),
          { id: "elsewhere", name: t("help.elsewhere") },
        ]}
      />
      <section aria-labelledby="before">
        <h2 id="before">{t("help.before.heading")}</h2>
        <ul>
          <li>{t("help.before.bill")}</li>
          <li>{t("help.before.other")}</li>
          <li>{t("help.before.police")}</li>
          <li>{t("help.before.say")}</li>
        </ul>
        <p className="note">{t("help.looked", { date: page.day(help.lookedAt) })}</p>
      </section>
      {help.countries.map((country) => (
        <CountryLines key={country.code} page={page} country={country} id={idOf(country.code)} />
      ))}
      <ElsewhereList page={page} places={help.elsewhere} />
    </div>
  );
}

const idOf = (code: string) => code.toLowerCase();
