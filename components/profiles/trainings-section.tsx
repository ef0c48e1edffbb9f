import type { PublicProfile } from "#lib/profiles/queries.ts";
import type { Page } from "../ui/page.ts";

export function TrainingsSection({ page, profile }: { page: Page; profile: PublicProfile }) {
  const { t } = page;
  return (
    <section aria-labelledby="learned">
      <h2 id="learned">{t("profile.learned")}</h2>
      <p className="note">{t("profile.learnedLead")}</p>
      {profile.trainings.length === 0 ? (
        <p>{t("profile.noTrainings")}</p>
      ) : (
        <ul className="trainings">
          {profile.trainings.map((training) => (
            <li key={training.id}>
              <strong>{training.title}</strong>
              <br />
              {[
                training.provider,
                page.term("training", training.kind),
                training.year,
                training.hours === null ? null : t("profile.hours", { hours: training.hours }),
              ]
                .filter(Boolean)
                .join(" · ")}
              <br />
              <small>
                {t(`profile.workerLed.${training.workerLed}`)} ·{" "}
                {t(`profile.evidence.${training.evidence}`)}
              </small>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
