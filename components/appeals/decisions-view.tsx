import type { OwnDecision } from "#lib/appeals/queries.ts";
import type { Page } from "../ui/page.ts";
import { DecisionFacts } from "./decision-facts.tsx";

type DecisionsViewProps = { page: Page; decisions: readonly OwnDecision[] };

/** Everything that was decided about a therapist, newest first. */
export function DecisionsView({ page, decisions }: DecisionsViewProps) {
  const { t, href } = page;
  return (
    <div className="prose">
      <p className="back">
        <a href={href("/account")}>{t("questions.back")}</a>
      </p>
      <h1>{t("questions.decisions.title")}</h1>
      <p className="lead">{t("questions.decisions.lead")}</p>
      {decisions.length === 0 && <p>{t("questions.decisions.none")}</p>}
      {decisions.map((decision) => (
        <article key={decision.id} className="decision" aria-labelledby={`decision-${decision.id}`}>
          <h2 id={`decision-${decision.id}`}>{t(`decisions.done.${decision.action}`)}</h2>
          <DecisionFacts page={page} decision={decision} />
          {decision.appealUntil && (
            <p>
              {t("questions.decisions.appealUntil", { day: page.day(decision.appealUntil) })}{" "}
              <a
                href={href(`/account/decisions/${decision.id}`)}
                aria-describedby={`decision-${decision.id}`}
              >
                {t("questions.decisions.appeal")}
              </a>
            </p>
          )}
        </article>
      ))}
    </div>
  );
}
