import type { ProfileTopic } from "#db/vocabulary.ts";
import type { EditorView } from "./queries.ts";

export const disclosureLimit = 600;

export const disclosureParts = [
  "reporting",
  "notes",
  "diagnosis",
  "legalName",
  "billingWords",
  "subpoenas",
] as const;

/** ISO 4217, for the countries that we know registers of. */
export const currencies = ["USD", "CAD", "GBP", "EUR", "AUD", "NZD"] as const;

/** Something that is asked for before a profile can be sent; a key under `editor.missing`. */
export type Missing = { topic: ProfileTopic; what: MissingThing };

export type MissingThing =
  | "displayName"
  | "headline"
  | "format"
  | "language"
  | "location"
  | "licence"
  | "supervisor"
  | "statements"
  | "reporting"
  | "notes"
  | "fee"
  | "approach"
  | "about"
  | "contact";

type Known = {
  /** Ids of the statements that a listing cannot do without. */
  coreStatements: readonly string[];
  /** Whether a credential type alone lets a person practise. */
  permitsPractice: (typeId: string) => boolean;
};

/** What still has to be said before moderators can look; empty when the profile may be sent. */
export function missingBeforeSubmit(view: EditorView, known: Known): Missing[] {
  const { revision, disclosure } = view;
  const chosen = (kind: string) => view.terms.filter((term) => term.kind === kind);
  const held = view.credentials.filter(({ retireProposed }) => !retireProposed);
  const inPerson = chosen("format").some(({ id }) => id === "in-person");
  const speaks = chosen("language").some(({ level }) => (level ?? "therapy") === "therapy");
  const answered = new Set(
    view.statements.filter(({ answer }) => answer !== "no").map(({ id }) => id),
  );
  const asked: [boolean, ProfileTopic, MissingThing][] = [
    [!revision?.displayName, "basics", "displayName"],
    [!revision?.headline, "basics", "headline"],
    [chosen("format").length === 0, "place", "format"],
    [!speaks, "place", "language"],
    [inPerson && view.locations.length === 0, "place", "location"],
    [!held.some(({ typeId }) => known.permitsPractice(typeId)), "licences", "licence"],
    [held.some((each) => each.supervised && !each.supervisorName), "licences", "supervisor"],
    [!known.coreStatements.every((id) => answered.has(id)), "practice", "statements"],
    [!disclosure?.reporting, "disclosure", "reporting"],
    [!disclosure?.notes, "disclosure", "notes"],
    [(revision?.feeMin ?? null) === null, "fees", "fee"],
    [!revision?.approach, "about", "approach"],
    [!revision?.about, "about", "about"],
    [view.contacts.length === 0, "contact", "contact"],
  ];
  return asked.flatMap(([isMissing, topic, what]) => (isMissing ? [{ topic, what }] : []));
}

const emptyPraise =
  /\b(open[- ]?minded|non[- ]?judg(e)?mental|judg(e)?ment[- ]?free|sex[- ]?positive|affirming|inclusive|safe space|welcoming|supportive|compassionate|respect(ful)?|respet(o|uos[oa])|accepting|sin (prejuicios|juicios)|mente abierta|espacio seguro|inclusiv[oa]|afirmativ[oa]|acogedor(a)?|comprensiv[oa])\b/giu;
const smallWords =
  /\b(i|am|a|an|and|the|is|my|to|of|in|we|very|all|for|with|clients?|people|everyone|always|soy|un|una|y|el|la|los|las|mi|de|en|muy|todos|todas|para|con|clientes|personas|siempre|que|es|provide|offer|ofrezco|practice)\b/giu;

/** Whether words only praise: a nudge to say what the person does, and never a block. */
export function saysLittle(words: string): boolean {
  if (words.search(emptyPraise) < 0) return false;
  const rest = words.replaceAll(emptyPraise, " ").replaceAll(smallWords, " ");
  return (rest.match(/\p{L}{2,}/gu) ?? []).length < 5;
}
