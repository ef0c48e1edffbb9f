import { trackOrder } from "#lib/vetting/rules.ts";
import type { Page } from "../ui/page.ts";
import { HowOften } from "./how-often.tsx";
import { IfWrong } from "./if-wrong.tsx";
import { ListingNeeds } from "./listing-needs.tsx";
import type { VettingRules } from "./vetting-rules.ts";
import { WhoLooks } from "./who-looks.tsx";

type Question = { id: string; statement: string; prompt: string; core: boolean };

type HowWeVetProps = { page: Page; rules: VettingRules; questions: readonly Question[] };

const parts = ["checks", "limits", "who", "when", "wrong", "numbers", "questions"] as const;

/** What "checked" means, from the same rules and numbers that the code runs. */
export function HowWeVet({ page, rules, questions }: HowWeVetProps) {
  const { t } = page;
  return (
    <div className="prose">
      <h1>{t("howWeVet.heading")}</h1>
      <p className="lead">{t("howWeVet.lead")}</p>
      <nav className="contents" aria-label={t("howWeVet.contents")}>
        <ul>
          {parts.map((part) => (
            <li key={part}>
              <a href={`#${part}`}>{t(`howWeVet.part.${part}`)}</a>
            </li>
          ))}
        </ul>
      </nav>

      <h2 id="checks">{t("howWeVet.part.checks")}</h2>
      <dl>
        {trackOrder.map((track) => (
          <div key={track}>
            <dt>{t(`track.${track}`)}</dt>
            <dd>{t(`howWeVet.track.${track}`)}</dd>
          </div>
        ))}
      </dl>
      <ListingNeeds {...{ page, rules, core: questions.filter(({ core }) => core).length }} />

      <h2 id="limits">{t("howWeVet.part.limits")}</h2>
      <ul>
        <li>{t("howWeVet.limit.facts")}</li>
        <li>{t("howWeVet.limit.unreported")}</li>
        <li>{t("howWeVet.limit.fit")}</li>
      </ul>

      <WhoLooks page={page} rules={rules} />
      <HowOften page={page} rules={rules} />
      <IfWrong page={page} rules={rules} />

      <h2 id="numbers">{t("howWeVet.part.numbers")}</h2>
      <p>{t("numbers.inShort")}</p>
      {!page.copyOf && (
        <p>
          <a href={page.href("/how-we-vet/numbers")}>{t("numbers.link")}</a>
        </p>
      )}

      <h2 id="questions">{t("howWeVet.part.questions")}</h2>
      <p>{t("howWeVet.questionsLead")}</p>
      <ul className="questions">
        {questions.map(({ id, statement, prompt, core }) => (
          <li key={id}>
            <strong>{prompt}</strong> {core && <small>({t("howWeVet.core")})</small>}
            <p>{statement}</p>
          </li>
        ))}
      </ul>
    </div>
  );
}
