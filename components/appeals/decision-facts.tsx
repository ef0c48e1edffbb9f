import type { OwnDecision } from "#lib/appeals/queries.ts";
import { claimWords } from "../questions/claim-words.ts";
import type { Page } from "../ui/page.ts";

type DecisionFactsProps = { page: Page; decision: OwnDecision };

/** What was decided, on what, when and why; never by whom. */
export function DecisionFacts({ page, decision }: DecisionFactsProps) {
  const { t } = page;
  const { claim, code, inForceOn, reason, conditions, appeal } = decision;
  return (
    <>
      {claim && <p className="decision-claim">{claimWords(page, claim)}</p>}
      <p>
        <small>
          {t("questions.decisions.on", { day: page.day(inForceOn) })}
          {code && ` · ${t(`decisions.code.${code}`)}`}
        </small>
      </p>
      <p className="kept">{reason}</p>
      {conditions && (
        <p className="kept">{t("questions.decisions.conditions", { words: conditions })}</p>
      )}
      {appeal && <AppealFacts page={page} appeal={appeal} />}
    </>
  );
}

type AppealFactsProps = { page: Page; appeal: NonNullable<OwnDecision["appeal"]> };

function AppealFacts({ page, appeal }: AppealFactsProps) {
  const { t } = page;
  const { words, sentOn, outcome, answer, answeredOn } = appeal;
  return (
    <>
      <p>{t("questions.decisions.sentOn", { day: page.day(sentOn) })}</p>
      <blockquote className="kept">{words}</blockquote>
      {outcome === null && <p>{t("questions.decisions.waiting")}</p>}
      {outcome !== null && (
        <p>
          <strong>{t(`decisions.outcome.${outcome}`)}</strong>{" "}
          {answeredOn && (
            <small>{t("questions.decisions.on", { day: page.day(answeredOn) })}</small>
          )}
        </p>
      )}
      {answer && <p className="kept">{answer}</p>}
    </>
  );
}
