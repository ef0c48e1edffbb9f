import type { CatalogueTraining } from "#lib/reference/schema.ts";
import type { Page } from "../ui/page.ts";

type LearnProps = { page: Page; trainings: readonly CatalogueTraining[] };

/** Of the catalogue, what people from the community lead. */
export function WhereToLearn({ page, trainings }: LearnProps) {
  const { t, href } = page;
  const led = trainings.filter(
    ({ kinds, currentlyOffered }) =>
      kinds.includes("community-led") && currentlyOffered !== "past-event",
  );
  return (
    <>
      <p>{t("forTherapists.learn.paid")}</p>
      <p>{t("forTherapists.learn.known", { count: trainings.length, led: led.length })}</p>
      <ul>
        {led.map(({ id, title, provider, hours }) => (
          <li key={id}>
            <a href={href(`/trainings#${id}`)} lang="en">
              {title}
            </a>
            , <span lang="en">{provider}</span>
            {hours !== null && `, ${t("forTherapists.learn.hours", { hours })}`}
          </li>
        ))}
      </ul>
      <p>{t("forTherapists.learn.sign")}</p>
      <p>
        <a href={href("/trainings")}>{t("forTherapists.learn.all")}</a>
      </p>
    </>
  );
}
