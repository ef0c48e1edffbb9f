import type { DecisionAction } from "#db/vocabulary.ts";
import { staffRoles } from "#lib/auth/rules.ts";
import { claimMinutes } from "#lib/cases/rules.ts";
import type { DecisionRule } from "#lib/decisions/transitions.ts";
import type { Page } from "../ui/page.ts";
import { DecisionList } from "./decision-list.tsx";
import type { VettingRules } from "./vetting-rules.ts";

/** In the order in which they are told: where it takes most people, first. */
const takes = [2, "two-for-affirming-practice", 1] as const satisfies DecisionRule["people"][];

/** Who looks, and how many different people each decision takes. */
export function WhoLooks({ page, rules }: { page: Page; rules: VettingRules }) {
  const { t } = page;
  const actions = Object.keys(rules.decisions) as DecisionAction[];
  return (
    <>
      <h2 id="who">{t("howWeVet.part.who")}</h2>
      <dl>
        {staffRoles.map((role) => (
          <div key={role}>
            <dt>{t(`howWeVet.role.${role}`)}</dt>
            <dd>{t(`howWeVet.roleDoes.${role}`)}</dd>
          </div>
        ))}
      </dl>
      <p>{t("howWeVet.conflicts")}</p>
      <p>{t("howWeVet.claims", { minutes: claimMinutes })}</p>
      <p>{t("howWeVet.machines")}</p>
      <h3>{t("howWeVet.peopleHeading")}</h3>
      {takes.map((people) => {
        const taking = actions.filter((action) => rules.decisions[action].people === people);
        return (
          taking.length > 0 && (
            <div key={people}>
              <p>
                <strong>{t(`howWeVet.people.${people}`)}</strong>
              </p>
              <ul>
                {taking.map((action) => (
                  <li key={action}>{t(`howWeVet.decision.${action}`)}</li>
                ))}
              </ul>
            </div>
          )
        );
      })}
      <DecisionList page={page} rules={rules} />
    </>
  );
}
