import type { LookedAt } from "#lib/case-files/load-looks.ts";
import type { Page } from "../ui/page.ts";
import type { CaseNames } from "./case-words.ts";

type Look = LookedAt["now"];
type ClaimFactsProps = { page: Page; look: Look; names: CaseNames };

/** What is claimed, as it stood when the look was opened. */
export function ClaimFacts({ page, look, names }: ClaimFactsProps) {
  const facts = Object.entries(look.claim)
    .filter(([, value]) => value !== null && value !== "")
    .sort(([one], [other]) => placeOf(one) - placeOf(other));
  if (facts.length === 0) return null;
  return (
    <dl className="facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{factName(page, name)}</dt>
          <dd>{factValue(page, name, value, names)}</dd>
        </div>
      ))}
    </dl>
  );
}

/** What a person asks first. The rest follows as it was kept, which is in no order. */
const first = ["title", "provider", "typeId", "type", "letters", "number", "jurisdiction"];
const placeOf = (fact: string) => (first.includes(fact) ? first.indexOf(fact) : first.length);

/** Claims are records of their day: a fact that we do not name any more keeps its own name. */
function factName({ t }: Page, name: string): string {
  const say = t as unknown as { (key: string): string; has: (key: string) => boolean };
  const key = `moderation.fact.${name}`;
  return say.has(key) ? say(key) : name;
}

function factValue(page: Page, name: string, value: Look["claim"][string], names: CaseNames) {
  const text = String(value);
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return page.day(text);
  if (name === "typeId" || name === "type") return names.credentialType(text);
  if (name === "jurisdiction") return page.region(text);
  if (name === "compactId") return names.compact(text);
  if (name === "workerLed") return page.t(`editor.workerLed.${text as "yes" | "no" | "unknown"}`);
  if (typeof value === "boolean") return page.t(value ? "editor.yes" : "editor.no");
  return text;
}

/** "Licence or registration: LMFT 123456", to tell claims of one kind apart. */
export function claimTitle({ t }: Page, { claimType, claim }: Pick<Look, "claimType" | "claim">) {
  const title = claim.title ?? [claim.letters, claim.number].filter(Boolean).join(" ");
  return [t(`decisions.claim.${claimType}`), title].filter(Boolean).join(": ");
}
