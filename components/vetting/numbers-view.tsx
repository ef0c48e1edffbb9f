import type { PublicNumbers } from "#lib/numbers/queries.ts";
import { fewest } from "#lib/numbers/rules.ts";
import type { Page } from "../ui/page.ts";
import { CountFigures } from "./count-figures.tsx";
import { WaitingFigure } from "./waiting-figure.tsx";

type NumbersViewProps = {
  page: Page;
  /** Null while no whole month is over. */
  numbers: PublicNumbers | null;
};

/** What moderators did, counted so that no single person shows. */
export function NumbersView({ page, numbers }: NumbersViewProps) {
  const { t } = page;
  return (
    <div className="prose numbers">
      <p className="back">
        <a href={page.href("/how-we-vet")}>{t("numbers.back")}</a>
      </p>
      <h1>{t("numbers.heading")}</h1>
      {numbers === null ? (
        <p className="lead">{t("numbers.none")}</p>
      ) : (
        <Year {...{ page, numbers }} />
      )}
    </div>
  );
}

function Year({ page, numbers }: { page: Page; numbers: PublicNumbers }) {
  const { t } = page;
  const { year, groups, whole } = numbers;
  return (
    <>
      <p className="lead">
        {t(whole ? "numbers.leadWhole" : "numbers.leadSoFar", { year: `${year}` })}
      </p>
      <p>{t("numbers.small", { fewest })}</p>
      <Years page={page} numbers={numbers} />
      <WaitingFigure page={page} numbers={numbers} />
      {groups.map(({ group, rows }) => (
        <section key={group} aria-labelledby={group}>
          <h2 id={group}>{t(`numbers.group.${group}`)}</h2>
          <p>{t(`numbers.groupLead.${group}`)}</p>
          <CountFigures page={page} numbers={numbers} rows={rows} />
        </section>
      ))}
    </>
  );
}

function Years({ page, numbers: { year, years } }: { page: Page; numbers: PublicNumbers }) {
  if (years.length < 2) return null;
  return (
    <nav aria-label={page.t("numbers.years")}>
      <ul className="years">
        {years.map((each) => (
          <li key={each}>
            <a
              href={page.href(`/how-we-vet/numbers/${each}`)}
              aria-current={each === year ? "page" : undefined}
            >
              {each}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
