import type { ReactNode } from "react";
import type { CaseFile } from "#lib/case-files/queries.ts";
import { SavedNotice } from "../forms/saved-notice.tsx";
import { Portrait } from "../profiles/portrait.tsx";
import type { Page } from "../ui/page.ts";
import { CaseHeader } from "./case-header.tsx";
import type { CaseNames } from "./case-words.ts";
import { ClaimsSection } from "./claims-section.tsx";
import { Conflicts } from "./conflicts.tsx";
import { Correspondence } from "./correspondence.tsx";
import { DecideSection, HistorySection } from "./decisions-section.tsx";
import { DifferenceList } from "./difference-list.tsx";

/** What a form of the case has just done. */
export const caseNews = [
  "in-force",
  "proposed",
  "answered",
  "replied",
  "asked",
  "written",
] as const;
export type CaseNews = (typeof caseNews)[number];

type CaseViewProps = {
  page: Page;
  file: CaseFile;
  names: CaseNames;
  now: Date;
  news: CaseNews | null;
  /** What readers reported, and what registers found: drawn by those who know them. */
  reports: ReactNode;
  findings: ReactNode;
};

/** One case: whose it is, what is claimed, what was said, and what can be decided. */
export function CaseView(props: CaseViewProps) {
  const { page, file, names, now, news, reports, findings } = props;
  const { t } = page;
  const sections = [
    "claims",
    ...(file.case.kind === "submission" ? (["changes"] as const) : []),
    ...(file.details ? (["words"] as const) : []),
    ...(file.case.closedAt ? [] : (["decide"] as const)),
    "history",
  ] as const;
  return (
    <div className="prose case">
      {news && <SavedNotice>{t(`moderation.news.${news}`)}</SavedNotice>}
      <CaseHeader page={page} file={file} now={now} />
      <nav aria-label={t("moderation.contents.heading")} className="contents">
        <ul>
          {sections.map((section) => (
            <li key={section}>
              <a href={`#${section}`}>
                {t(
                  `moderation.contents.${section === "changes" && file.isFirst ? "first" : section}`,
                )}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <Private page={page} file={file} />
      {reports}
      <ClaimsSection page={page} file={file} names={names} />
      {findings}
      {file.case.kind === "submission" && <Sent page={page} file={file} names={names} />}
      <Correspondence page={page} file={file} />
      {file.case.closedAt === null && <DecideSection page={page} file={file} />}
      <HistorySection page={page} file={file} />
    </div>
  );
}

/** The words that were sent; where readers see others, only what is different. */
function Sent({ page, file, names }: Pick<CaseViewProps, "page" | "file" | "names">) {
  const { t } = page;
  return (
    <section aria-labelledby="changes">
      <h2 id="changes">
        {t(file.isFirst ? "moderation.contents.first" : "moderation.contents.changes")}
      </h2>
      {file.details && file.profile?.photoId && (
        <figure>
          <Portrait
            page={page}
            name={file.case.name ?? t("moderation.noName")}
            photoId={file.profile.photoId}
            shown="large"
          />
          <figcaption>{t("moderation.photo")}</figcaption>
        </figure>
      )}
      <DifferenceList
        page={page}
        differences={file.differences}
        isFirst={file.isFirst}
        names={names}
        textLocale={file.profile?.textLocale ?? page.locale}
      />
    </section>
  );
}

/** For whoever has claimed it: the name in registers, a number claimed twice, an appeal. */
function Private({ page, file }: { page: Page; file: CaseFile }) {
  const { t } = page;
  if (!file.details) return null;
  const { legalName, conflicts, appeal } = file.details;
  const against = file.decisions.find(({ id }) => id === appeal?.decisionId);
  return (
    <>
      {legalName !== null && (
        <dl className="facts">
          <div>
            <dt>{t("editor.field.legalName")}</dt>
            <dd>{legalName}</dd>
          </div>
        </dl>
      )}
      <Conflicts page={page} conflicts={conflicts} />
      {appeal && (
        <section aria-labelledby="appeal">
          <h2 id="appeal">{t("decisions.kind.appeal")}</h2>
          <blockquote className="kept" dir="auto">
            {appeal.words}
          </blockquote>
          {against && (
            <>
              <p>
                {t("moderation.appeal.against", {
                  decision: t(`decisions.done.${against.action}`),
                })}
              </p>
              <p className="kept">{against.reason}</p>
            </>
          )}
        </section>
      )}
    </>
  );
}
