import { sessionFormats } from "#db/vocabulary.ts";
import { freshness } from "#lib/profiles/rules.ts";
import { RegionSelect } from "../directory/region-select.tsx";
import { SearchButtons } from "../directory/search-buttons.tsx";
import type { OptionGroup } from "../forms/select-field.tsx";
import type { Page } from "../ui/page.ts";
import { ReachMap } from "./reach-map.tsx";

type HomeProps = {
  page: Page;
  regions: readonly OptionGroup[];
  /** Null when nobody can say how many there are. */
  counts: ReadonlyMap<string, number> | null;
};

export function HomeView({ page, regions, counts }: HomeProps) {
  const { t, href } = page;
  return (
    <div className="home">
      <section className="welcome">
        <h1>{t("home.heading")}</h1>
        <p className="lead">{t("home.lead")}</p>
        {page.copyOf ? (
          <p>
            <a className="button" href={href("/therapists")}>
              {t("copy.start")}
            </a>
          </p>
        ) : (
          <HomeSearch page={page} regions={regions} />
        )}
      </section>
      {counts !== null && <ReachMap page={page} regions={regions} counts={counts} />}
      <section className="promises" aria-labelledby="promises">
        <h2 id="promises">{t("home.promisesHeading")}</h2>
        <div>
          {(["promise1", "promise2", "promise3"] as const).map((promise) => (
            <div key={promise}>
              <h3>{t(`home.${promise}Heading`)}</h3>
              <p>{t(`home.${promise}`, { days: freshness.hiddenAt })}</p>
            </div>
          ))}
        </div>
        <p>
          <a href={href("/how-we-vet")}>{t("home.vetLink")}</a>
        </p>
      </section>
    </div>
  );
}

function HomeSearch({ page, regions }: Pick<HomeProps, "page" | "regions">) {
  const { t, href } = page;
  return (
    <>
      <search>
        <form
          className="search"
          action={href("/therapists")}
          method="get"
          aria-label={t("home.formHeading")}
        >
          <div className="field">
            <label htmlFor="q">{t("home.words")}</label>
            <p id="q-hint">{t("home.wordsHint")}</p>
            <input
              id="q"
              name="q"
              type="search"
              maxLength={200}
              autoComplete="off"
              aria-describedby="q-hint"
            />
          </div>
          <RegionSelect
            page={page}
            id="region"
            label={t("home.region")}
            hint={t("home.regionHint")}
            groups={regions}
            chosen=""
          />
          <fieldset className="formats">
            <legend>{t("home.format")}</legend>
            {sessionFormats.map((format) => (
              <label key={format} className="choice">
                <input type="checkbox" name="format" value={format} />
                {page.term("format", format)}
              </label>
            ))}
          </fieldset>
          <SearchButtons page={page} way="open" label={t("home.search")} />
        </form>
      </search>
      <p className="note">{t("home.noTrace")}</p>
    </>
  );
}
