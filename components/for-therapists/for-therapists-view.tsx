import type { CatalogueTraining } from "#lib/reference/schema.ts";
import { Contents } from "../ui/contents.tsx";
import type { Page } from "../ui/page.ts";
import { ListingSteps } from "./listing-steps.tsx";
import { MistakeList } from "./mistake-list.tsx";
import { WhereToLearn } from "./where-to-learn.tsx";

type ForTherapistsProps = {
  page: Page;
  trainings: readonly CatalogueTraining[];
  /** Core questions that a listing needs answered. */
  core: number;
};

const parts = ["reflect", "mistakes", "learn", "listing"] as const;

const questions = [
  "feeling",
  "picture",
  "notice",
  "rescue",
  "believe",
  "details",
  "desire",
  "money",
  "law",
  "watch",
] as const;

/** What makes it safe for a client to tell; where to learn it; what being listed takes. */
export function ForTherapistsView({ page, trainings, core }: ForTherapistsProps) {
  const { t } = page;
  return (
    <div className="prose reading">
      <h1>{t("forTherapists.heading")}</h1>
      <p className="lead">{t("forTherapists.lead")}</p>
      <Contents
        label={t("forTherapists.contents")}
        parts={parts.map((id) => ({ id, name: t(`forTherapists.part.${id}`) }))}
      />

      <h2 id="reflect">{t("forTherapists.part.reflect")}</h2>
      <p>{t("forTherapists.reflect.lead")}</p>
      <ul>
        {questions.map((question) => (
          <li key={question}>{t(`forTherapists.reflect.${question}`)}</li>
        ))}
      </ul>

      <h2 id="mistakes">{t("forTherapists.part.mistakes")}</h2>
      <MistakeList page={page} />

      <h2 id="learn">{t("forTherapists.part.learn")}</h2>
      <WhereToLearn page={page} trainings={trainings} />

      <h2 id="listing">{t("forTherapists.part.listing")}</h2>
      <ListingSteps page={page} core={core} />
    </div>
  );
}
