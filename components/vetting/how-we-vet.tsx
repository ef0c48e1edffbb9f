import { freshness } from "#lib/profiles/rules.ts";
import { trackOrder } from "#lib/vetting/rules.ts";
import type { Page } from "../ui/page.ts";

type Question = { id: string; statement: string; prompt: string; core: boolean };

/** What "checked" means, from the same rules and numbers that the code runs. */
export function HowWeVet({ page, questions }: { page: Page; questions: readonly Question[] }) {
  const { t } = page;
  return (
    <div className="prose">
      <h1>{t("howWeVet.heading")}</h1>
      <p className="lead">{t("howWeVet.lead")}</p>
      <h2>{t("howWeVet.tracksHeading")}</h2>
      <dl>
        {trackOrder.map((track) => (
          <div key={track}>
            <dt>{t(`track.${track}`)}</dt>
            <dd>{t(`howWeVet.track.${track}`)}</dd>
          </div>
        ))}
      </dl>
      <h2>{t("howWeVet.listedHeading")}</h2>
      <ul>
        <li>{t("howWeVet.listed1")}</li>
        <li>{t("howWeVet.listed2")}</li>
        <li>{t("howWeVet.listed3")}</li>
        <li>{t("howWeVet.listed4", { days: freshness.hiddenAt })}</li>
        <li>{t("howWeVet.listed5")}</li>
      </ul>
      <h2>{t("howWeVet.whenHeading")}</h2>
      <Cadence page={page} />
      <p>{t("howWeVet.datesLead")}</p>
      <h2>{t("howWeVet.questionsHeading")}</h2>
      <p>{t("howWeVet.questionsLead")}</p>
      <ul className="questions">
        {questions.map(({ id, statement, prompt, core }) => (
          <li key={id}>
            <strong>{prompt}</strong> {core && <small>({t("howWeVet.core")})</small>}
            <p>{statement}</p>
          </li>
        ))}
      </ul>
      <h2>{t("howWeVet.limitsHeading")}</h2>
      <p>{t("howWeVet.limits")}</p>
    </div>
  );
}

const rows = [
  "register",
  "exclusion",
  "discipline",
  "insurance",
  "openings",
  "statements",
] as const;

function Cadence({ page }: { page: Page }) {
  const { t } = page;
  const days = {
    labelled: freshness.labelledAt,
    dropped: freshness.acceptingDroppedAt,
    hidden: freshness.hiddenAt,
  };
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">{t("howWeVet.when")}</th>
          <th scope="col">{t("howWeVet.howOften")}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row}>
            <th scope="row">{t(`howWeVet.cadence.${row}`)}</th>
            <td>{t(`howWeVet.cadence.${row}Often`, days)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
