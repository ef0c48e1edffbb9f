import type { ArmouredProblem } from "#lib/letters/armoured.ts";
import { FieldProblem } from "../forms/field-frame.tsx";
import type { Page } from "../ui/page.ts";
import { Sayings } from "./sayings.tsx";

const problems = [
  "empty",
  "too-long",
  "plain-text",
  "secret-key",
  "truncated",
  "malformed",
  "passphrase",
  "no-recipient",
] as const satisfies readonly ArmouredProblem[];

type ArmouredFormProps = {
  page: Page;
  slug: string;
  name: string;
  recipient: string;
  /** What was sent and not taken. */
  typed: string;
  problem: ArmouredProblem | "full" | null;
};

/** A box for text that readers sealed themselves: it works without scripts. */
export function ArmouredForm(props: ArmouredFormProps) {
  const { page, slug, name, recipient, typed, problem } = props;
  const { t, href } = page;
  return (
    <details id="age" className="own-seal" open={problem !== null}>
      <summary>{t("letters.armoured.heading")}</summary>
      <p>{t("letters.armoured.lead", { name })}</p>
      <ol>
        <li>
          {t("letters.armoured.key", { name })}
          <code className="recipient" data-recipient-text>
            {recipient}
          </code>
        </li>
        <li>
          {t("letters.armoured.how")} <code className="command">age -a -r {"age1…"}</code>
        </li>
        <li>{t("letters.armoured.paste")}</li>
      </ol>
      <p>{t("letters.armoured.answer")}</p>
      <form method="post" action={href(`/therapists/${slug}/write`)} data-armoured>
        <div className={problem ? "field wrong" : "field"}>
          <label htmlFor="armoured">{t("letters.armoured.label")}</label>
          <FieldProblem
            name="armoured"
            text={problem ? t(`letters.armoured.problem.${problem}`) : undefined}
          />
          <p className="problem" role="alert" data-armoured-problem hidden />
          <textarea
            id="armoured"
            name="armoured"
            rows={6}
            className="sealed-text"
            autoComplete="off"
            spellCheck={false}
            placeholder="-----BEGIN AGE ENCRYPTED FILE-----"
            defaultValue={typed}
            aria-invalid={problem ? true : undefined}
            aria-describedby={problem ? "armoured-error" : undefined}
            data-armoured-text
          />
        </div>
        <button type="submit" className="outlined">
          {t("letters.armoured.send")}
        </button>
        <Sayings
          sayings={Object.fromEntries(
            problems.map((name) => [name, t(`letters.armoured.problem.${name}`)]),
          )}
        />
      </form>
    </details>
  );
}
