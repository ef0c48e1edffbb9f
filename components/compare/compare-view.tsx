import type { ComparisonProblem } from "#lib/directory/comparison.ts";
import { maxCompared } from "#lib/directory/schema.ts";
import type { ProfilePage } from "../profiles/profile-view.tsx";
import { Notice } from "../ui/notice.tsx";
import type { Page } from "../ui/page.ts";
import { CompareTable } from "./compare-table.tsx";

export type ComparePage = {
  profiles: readonly ProfilePage[];
  problems: readonly ComparisonProblem[];
  /** Asked for, and not to be seen today. */
  missing: number;
  /** The address was a private one, which opens no more. */
  lapsed: boolean;
};

/** Up to four therapists side by side. What was asked and cannot be shown is said before. */
export function CompareView({ page, view }: { page: Page; view: ComparePage }) {
  const { t } = page;
  const { profiles } = view;
  return (
    <div className="compare">
      <p className="back">
        <a href={page.href("/therapists")}>{t("profile.back")}</a>
      </p>
      <h1>{t("compare.heading")}</h1>
      <Trouble page={page} view={view} />
      {profiles.length > 0 && (
        <>
          <p className="note on-screen">{t("compare.onPaper")}</p>
          <CompareTable page={page} profiles={profiles} />
        </>
      )}
    </div>
  );
}

function Trouble({ page: { t }, view }: { page: Page; view: ComparePage }) {
  const { profiles, problems, missing, lapsed } = view;
  if (lapsed) {
    return (
      <Notice id="lapsed" heading={t("compare.lapsed")}>
        <p>{t("compare.lapsedLead")}</p>
      </Notice>
    );
  }
  const lines = [
    ...problems.map((problem) => t(`compare.problem.${problem}`, { count: maxCompared })),
    ...(missing > 0 ? [t("compare.missing", { count: missing })] : []),
    ...(profiles.length < 2 ? [t("compare.tooFew", { count: maxCompared })] : []),
  ];
  if (lines.length === 0) return null;
  return (
    <Notice id="compare-problems" heading={t("compare.trouble")}>
      <ul>
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </Notice>
  );
}
