import type { Page } from "../ui/page.ts";

const mistakes = [
  "coercion",
  "pathology",
  "childhood",
  "topic",
  "condition",
  "guessing",
  "hiding",
  "partner",
  "record",
  "teach",
] as const;

/** What has hurt people in therapy, each with what to do instead. */
export function MistakeList({ page: { t } }: { page: Page }) {
  return (
    <dl>
      {mistakes.map((mistake) => (
        <div key={mistake}>
          <dt>{t(`forTherapists.mistakes.${mistake}.harm`)}</dt>
          <dd>
            <em>{t("forTherapists.mistakes.instead")}</em>{" "}
            {t(`forTherapists.mistakes.${mistake}.instead`)}
          </dd>
        </div>
      ))}
    </dl>
  );
}
