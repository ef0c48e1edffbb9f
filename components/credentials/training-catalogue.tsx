import type { CatalogueTraining } from "#lib/reference/schema.ts";
import type { Page } from "../ui/page.ts";

type CatalogueProps = { page: Page; trainings: readonly CatalogueTraining[] };

/** Trainings we know of, with what we do and do not know about each. */
export function TrainingCatalogue({ page, trainings }: CatalogueProps) {
  const { t } = page;
  return (
    <div className="prose">
      <h1>{t("trainings.heading")}</h1>
      <p className="lead">{t("trainings.lead")}</p>
      {trainings.map((training) => (
        <section key={training.id} aria-labelledby={training.id}>
          <h2 id={training.id} lang="en">
            {training.title}
          </h2>
          <dl className="facts">
            <Fact name={t("trainings.provider")} value={training.provider} />
            <Fact
              name={t("trainings.kinds")}
              value={training.kinds.map((kind) => page.term("training", kind)).join(" · ")}
            />
            <Fact
              name={t("trainings.hours")}
              value={training.hours === null ? t("trainings.hoursUnknown") : String(training.hours)}
            />
            <Fact
              name={t("trainings.offered")}
              value={t(`trainings.offeredState.${offered(training)}`)}
            />
          </dl>
          {training.url && (
            <p>
              <a href={training.url} rel="noreferrer external">
                {t("trainings.link")}
              </a>
            </p>
          )}
        </section>
      ))}
    </div>
  );
}

function Fact({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

const states = ["unknown", "past-event", "yes", "no"] as const;

function offered({ currentlyOffered }: CatalogueTraining): (typeof states)[number] {
  return states.find((state) => state === currentlyOffered) ?? "unknown";
}
