import { type DecisionAction, decisionSubjects } from "#db/vocabulary.ts";
import { appealable } from "#lib/decisions/transitions.ts";
import type { Page } from "../ui/page.ts";
import type { VettingRules } from "./vetting-rules.ts";

/** The whole table of decisions, for whoever wants to know it exactly. */
export function DecisionList({ page, rules }: { page: Page; rules: VettingRules }) {
  const { t } = page;
  const actions = Object.keys(rules.decisions) as DecisionAction[];
  return (
    <details>
      <summary>{t("howWeVet.everyDecision")}</summary>
      {decisionSubjects.map((subject) => (
        <section key={subject} aria-labelledby={`on-${subject}`}>
          <h4 id={`on-${subject}`}>{t(`howWeVet.on.${subject}`)}</h4>
          <dl>
            {actions
              .filter((action) => rules.decisions[action].on === subject)
              .map((action) => (
                <div key={action}>
                  <dt>{t(`howWeVet.decision.${action}`)}</dt>
                  <dd>{sentences(page, rules, action).join(" ")}</dd>
                </div>
              ))}
          </dl>
        </section>
      ))}
    </details>
  );
}

function sentences(page: Page, { decisions }: VettingRules, action: DecisionAction): string[] {
  const { t } = page;
  const { by, people, codes } = decisions[action];
  const who = page.list(by.map((role) => t(`howWeVet.who.${role}`)));
  const list = [t("howWeVet.mayDecide", { who }), t(`howWeVet.takes.${people}`)];
  if (codes.length > 0) {
    const reasons = codes.map((code) => t(`decisions.code.${code}`)).join("; ");
    list.push(t("howWeVet.reasons", { reasons }));
  }
  if (appealable.some((each) => each === action)) list.push(t("howWeVet.canAppeal"));
  return list;
}
