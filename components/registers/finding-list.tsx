import type { Findings } from "#lib/registers/queries.ts";
import { agreements, readings } from "#lib/registers/schema.ts";
import type { Page } from "../ui/page.ts";
import { sourceName } from "./source-name.ts";

type Finding = Findings[number];
type Fact = Finding["facts"][number];

type FindingListProps = {
  page: Page;
  findings: Findings;
  /** Where its forms are sent, without the language: `use-finding` or `dismiss-finding`. */
  path: string;
};

/** What registers seem to say: for a person to judge. Nothing follows from it by itself. */
export function FindingList({ page, findings, path }: FindingListProps) {
  if (findings.length === 0) return null;
  return (
    <ul className="findings">
      {findings.map((finding) => (
        <li key={finding.id} className={`finding finding-${finding.state}`}>
          <FindingItem page={page} finding={finding} path={path} />
        </li>
      ))}
    </ul>
  );
}

function FindingItem({
  page,
  finding,
  path,
}: Omit<FindingListProps, "findings"> & { finding: Finding }) {
  const { t } = page;
  const { strength, statusText, sourceAsOf, foundAt } = finding;
  const source = sourceName(page, finding.sourceId, finding.sourceName);
  const day = page.day(foundAt.toISOString().slice(0, 10));
  return (
    <>
      <p>
        <strong>{source}</strong>{" "}
        <span className="status">{t(`registers.state.${finding.state}`)}</span>
      </p>
      <p>{t(`registers.strength.${strength}`)}</p>
      <dl className="facts">
        {statusText !== null && (
          <div>
            <dt>{t("registers.status")}</dt>
            <dd>{t("registers.said", { words: statusText })}</dd>
          </div>
        )}
        {finding.facts.map((fact) => (
          <div key={fact.name}>
            <dt>{t(`registers.fact.${fact.name}`)}</dt>
            <dd>{factWords(page, fact)}</dd>
          </div>
        ))}
      </dl>
      <p className="note">
        {sourceAsOf
          ? t("registers.foundAsOf", { day, asOf: page.day(sourceAsOf) })
          : t("registers.found", { day })}
      </p>
      {finding.state === "proposed" && (
        <form method="post" action={page.href(path)}>
          <input type="hidden" name="finding" value={finding.id} />
          <SettleButton page={page} intent="use" source={source} />
          <SettleButton page={page} intent="dismiss" source={source} />
        </form>
      )}
    </>
  );
}

type SettleButtonProps = { page: Page; intent: "use" | "dismiss"; source: string };

function SettleButton({ page: { t }, intent, source }: SettleButtonProps) {
  return (
    <button
      type="submit"
      className="quiet"
      name="intent"
      value={`${intent}-finding`}
      aria-label={t(`registers.${intent}This`, { source })}
    >
      {t(`registers.${intent}`)}
    </button>
  );
}

/** Words of ours are said in the reader's language, and days as days; the rest is the register's. */
function factWords(page: Page, { name, value }: Fact): string {
  const { t } = page;
  const agrees = agreements.find((known) => known === value);
  if ((name === "nameAgrees" || name === "numberAgrees") && agrees) {
    return t(`registers.agrees.${agrees}`);
  }
  const reading = readings.find((known) => known === value);
  if (name === "readsAs" && reading) return t(`registers.readsAs.${reading}`);
  if (name === "others") return t("registers.others", { count: Number(value) });
  return /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/.test(value) ? page.day(value) : value;
}
