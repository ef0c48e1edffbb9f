import type { EditorView } from "#lib/revisions/queries.ts";
import type { Missing } from "#lib/revisions/rules.ts";
import type { Page } from "../ui/page.ts";
import { RevisionNotice } from "./revision-notice.tsx";
import { TopicList } from "./topic-list.tsx";

type ProfileOverviewProps = {
  page: Page;
  view: EditorView;
  missing: readonly Missing[];
};

export function ProfileOverview({ page, view, missing }: ProfileOverviewProps) {
  const { t, href } = page;
  const asked = missing.length;
  return (
    <div className="prose editor">
      <h1>{t("editor.title")}</h1>
      <p className="lead">{t("editor.lead")}</p>
      <RevisionNotice page={page} view={view} />
      <p>
        <progress max={14} value={14 - asked} aria-label={t("editor.progress")} />{" "}
        {asked === 0 ? t("editor.nothingMissing") : t("editor.missingCount", { count: asked })}
      </p>
      <TopicList page={page} missing={missing} hasTrainings={view.trainings.length > 0} />
      <p>
        <a href={href("/account/photo")}>{t("editor.photo")}</a>
      </p>
      <p>
        <a className="button" href={href("/account/profile/preview")}>
          {t("editor.toPreview")}
        </a>
      </p>
    </div>
  );
}
