import { profileTopics } from "#db/vocabulary.ts";
import type { Missing } from "#lib/revisions/rules.ts";
import type { Page } from "../ui/page.ts";

type TopicListProps = {
  page: Page;
  missing: readonly Missing[];
  hasTrainings: boolean;
};

/** All pages of the editor, and of each what is still missing and why it is asked. */
export function TopicList({ page, missing, hasTrainings }: TopicListProps) {
  const { t, href } = page;
  return (
    <ol className="topics">
      {profileTopics.map((topic) => {
        const lacks = missing.filter((each) => each.topic === topic);
        return (
          <li key={topic}>
            <a href={href(`/account/profile/${topic}`)}>{t(`editor.topic.${topic}`)}</a>
            <p className={lacks.length > 0 ? "lacks" : "whole"}>
              {lacks.length > 0
                ? t("editor.stillMissing", {
                    what: page.list(lacks.map(({ what }) => t(`editor.missing.${what}`))),
                  })
                : t(
                    topic === "trainings" && !hasTrainings
                      ? "editor.optionalTopic"
                      : "editor.whole",
                  )}
            </p>
            {lacks.length > 0 && <small>{t(`editor.why.${topic}`)}</small>}
          </li>
        );
      })}
    </ol>
  );
}
