import type { SourceList as Sources } from "#lib/registers/queries.ts";
import type { Page } from "../ui/page.ts";
import { ConfirmList } from "./confirm-list.tsx";
import { sourceName } from "./source-name.ts";

type SourceListProps = {
  page: Page;
  list: Sources;
  /** One was just asked for. */
  asked: boolean;
  /** For how many the exclusion list was just confirmed. */
  confirmed?: number | null;
};

type Source = Sources["sources"][number];

/** How each register that is read by machine is doing. */
export function SourceList({ page, list, asked, confirmed = null }: SourceListProps) {
  const { t } = page;
  return (
    <div className="prose registers">
      <h1>{t("registers.heading")}</h1>
      <p className="lead">{t("registers.lead")}</p>
      {asked && (
        <p className="notice" role="status">
          {t("registers.asked")}
        </p>
      )}
      {!list.on && <p className="notice">{t("registers.off")}</p>}
      {list.problem !== null && (
        <div className="notice" role="alert">
          <p>{t("registers.problem")}</p>
          <pre>{list.problem}</pre>
        </div>
      )}
      {list.confirm && <ConfirmList page={page} confirm={list.confirm} done={confirmed} />}
      {list.sources.map((source) => (
        <SourceItem key={source.id} page={page} source={source} />
      ))}
    </div>
  );
}

function SourceItem({ page, source }: { page: Page; source: Source }) {
  const { t } = page;
  const name = sourceName(page, source.id, source.name);
  const id = `register-${source.id.replace(":", "-")}`;
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>{name}</h2>
      {source.fault && (
        <p className="fault">
          <strong>{t("registers.wentWrong")}</strong>{" "}
          {t(`registers.fault.${source.fault.fault}`, { detail: source.fault.detail })}
        </p>
      )}
      <dl className="facts">
        {rowsOf(page, source).map(([term, words]) => (
          <div key={term}>
            <dt>{term}</dt>
            <dd>{words}</dd>
          </div>
        ))}
      </dl>
      {source.mayRead && (
        <form method="post">
          <button
            type="submit"
            className="quiet"
            name="source"
            value={source.id}
            aria-label={t("registers.readThis", { name })}
          >
            {t("registers.read")}
          </button>
        </form>
      )}
    </section>
  );
}

function rowsOf(page: Page, source: Source): [string, string][] {
  const { t } = page;
  const moment = (at: Date | null) => (at ? momentOf(page, at) : t("registers.never"));
  return [
    [t("registers.field.from"), source.from],
    [t("registers.field.good"), moment(source.lastGoodAt)],
    [t("registers.field.tried"), moment(source.lastTriedAt)],
    ...(source.isFile ? fileRows(page, source) : []),
  ];
}

function fileRows({ t, day, number }: Page, { sourceAsOf, rows }: Source): [string, string][] {
  return [
    [t("registers.field.asOf"), sourceAsOf ? day(sourceAsOf) : t("registers.notSaid")],
    [t("registers.field.rows"), rows === null ? t("registers.never") : number(rows)],
  ];
}

function momentOf({ t, day }: Page, at: Date): string {
  const iso = at.toISOString();
  return t("registers.moment", { day: day(iso.slice(0, 10)), time: iso.slice(11, 16) });
}
