import type { OptionGroup } from "../forms/select-field.tsx";
import type { Page } from "../ui/page.ts";

type ReachMapProps = {
  page: Page;
  regions: readonly OptionGroup[];
  counts: ReadonlyMap<string, number>;
};

/** Where someone could be seen: a drawn map of the United States, and every number as words. */
export function ReachMap({ page, regions, counts }: ReachMapProps) {
  const { t } = page;
  const states = regions
    .flatMap((country) => country.options)
    .map(({ value }) => value)
    .filter((code) => code.startsWith("US-"));
  const most = Math.max(1, ...states.map((code) => counts.get(code) ?? 0));
  return (
    <section className="reach" aria-labelledby="reach">
      <h2 id="reach">{t("home.mapHeading")}</h2>
      <p>{t("home.mapLead")}</p>
      <svg viewBox="0 0 960 600" className="map" aria-hidden="true">
        {states.map((code) => (
          <use
            key={code}
            href={`/assets/us-states.svg#${code}`}
            className={`shade-${shade(counts.get(code) ?? 0, most)}`}
          />
        ))}
      </svg>
      <details>
        <summary>{t("home.mapNumbers")}</summary>
        {regions.map(({ label: country, options }) => (
          <div key={country}>
            <h3>{country}</h3>
            <ul>
              {options.map(({ value: code, label: name }) => {
                const count = counts.get(code) ?? 0;
                return (
                  <li key={code}>
                    {count > 0 ? (
                      <a href={page.href(`/therapists?region=${code}`)}>{name}</a>
                    ) : (
                      name
                    )}{" "}
                    <small>{count > 0 ? page.number(count) : t("home.mapNone")}</small>
                  </li>
                );
              })}
            </ul>
          </div>
        ))}
      </details>
    </section>
  );
}

/** 0 for nobody, then four steps; by the root, since a few states hold most people. */
function shade(count: number, most: number): number {
  return count === 0 ? 0 : Math.max(1, Math.ceil(Math.sqrt(count / most) * 4));
}
