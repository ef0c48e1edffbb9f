import { describe, expect, test } from "vitest";
import { fullView } from "../../tests/support/editor-view.ts";
import type { EditorView } from "./queries.ts";
import { type MissingThing, missingBeforeSubmit, saysLittle } from "./rules.ts";

const known = {
  coreStatements: ["core-a", "core-b"],
  permitsPractice: (typeId: string) => typeId === "us-lcsw",
};

const statement = (id: string, answer: "yes" | "in-progress" | "no") => ({ id, answer, words: "" });
const complete: EditorView = {
  ...fullView,
  statements: [statement("core-a", "yes"), statement("core-b", "in-progress")],
};

const revised = (change: Partial<NonNullable<EditorView["revision"]>>): EditorView => ({
  ...complete,
  revision: complete.revision && { ...complete.revision, ...change },
});
const disclosing = (change: Partial<NonNullable<EditorView["disclosure"]>>): EditorView => ({
  ...complete,
  disclosure: complete.disclosure && { ...complete.disclosure, ...change },
});
const licensed = (change: Partial<EditorView["credentials"][number]>): EditorView => ({
  ...complete,
  credentials: complete.credentials.map((each) => ({ ...each, ...change })),
});
const withTerms = (terms: EditorView["terms"]): EditorView => ({ ...complete, terms });
const without = (kind: string) => complete.terms.filter((term) => term.kind !== kind);
const language = (level: string | null) =>
  ({ kind: "language", id: "es", level, detail: null }) as const;

describe("what is missing before a profile can be sent", () => {
  test("nothing, when all is said", () => {
    expect(missingBeforeSubmit(complete, known)).toEqual([]);
  });

  test.each<[string, MissingThing, EditorView]>([
    ["no name", "displayName", revised({ displayName: null })],
    ["a blank name", "displayName", revised({ displayName: "" })],
    ["no headline", "headline", revised({ headline: null })],
    ["no format", "format", withTerms(without("format"))],
    ["no language", "language", withTerms(without("language"))],
    [
      "a language for a greeting only",
      "language",
      withTerms([...without("language"), language("basic")]),
    ],
    ["sessions in a room, and no room", "location", { ...complete, locations: [] }],
    ["no licence", "licence", { ...complete, credentials: [] }],
    ["a certification alone", "licence", licensed({ typeId: "cert-emdria" })],
    ["a licence that is to go", "licence", licensed({ retireProposed: true })],
    ["supervised by nobody", "supervisor", licensed({ supervised: true })],
    [
      "a core statement unanswered",
      "statements",
      { ...complete, statements: [statement("core-a", "yes")] },
    ],
    [
      "a core statement answered with no",
      "statements",
      { ...complete, statements: [statement("core-a", "yes"), statement("core-b", "no")] },
    ],
    ["nothing on reporting", "reporting", disclosing({ reporting: null })],
    ["nothing on notes", "notes", disclosing({ notes: null })],
    ["no fee", "fee", revised({ feeMin: null })],
    ["no approach", "approach", revised({ approach: null })],
    ["nothing about them", "about", revised({ about: null })],
    ["no way to write to them", "contact", { ...complete, contacts: [] }],
  ])("%s: %s, and nothing else", (_, what, view) => {
    expect(missingBeforeSubmit(view, known).map((each) => each.what)).toEqual([what]);
  });

  test.each<[string, EditorView]>([
    ["a fee of nothing is a fee", revised({ feeMin: 0 })],
    [
      "by video alone, nobody needs a room",
      {
        ...withTerms(complete.terms.filter(({ id }) => id !== "in-person")),
        locations: [],
      },
    ],
    [
      "a language without a level is one for therapy",
      withTerms([...without("language"), language(null)]),
    ],
    ["a supervisor is named", licensed({ supervised: true, supervisorName: "Sam Oak" })],
    [
      "optional parts of the card may stay empty",
      disclosing({ diagnosis: null, legalName: null, billingWords: null, subpoenas: null }),
    ],
  ])("%s", (_, view) => {
    expect(missingBeforeSubmit(view, known)).toEqual([]);
  });

  test("before a word is written, everything, each under its own page", () => {
    const view = { ...complete, revision: undefined, disclosure: null, terms: [] };
    const missing = missingBeforeSubmit(
      { ...view, credentials: [], statements: [], contacts: [], locations: [] },
      known,
    );
    expect(missing.map(({ topic, what }) => `${topic}.${what}`)).toEqual([
      "basics.displayName",
      "basics.headline",
      "place.format",
      "place.language",
      "licences.licence",
      "practice.statements",
      "disclosure.reporting",
      "disclosure.notes",
      "fees.fee",
      "about.approach",
      "about.about",
      "contact.contact",
    ]);
  });
});

test.each([
  ["Open-minded and non-judgmental.", true],
  ["NONJUDGMENTAL, SEX POSITIVE, AFFIRMING", true],
  ["I am a respectful, compassionate and very welcoming therapist.", true],
  ["A safe space for everyone.", true],
  ["I provide inclusive, judgement-free practice to all people.", true],
  ["Soy de mente abierta y sin prejuicios.", true],
  ["Un espacio seguro y acogedor para todas las personas.", true],
  ["Muy respetuosa con mis clientes.", true],
  ["Ofrezco respeto.", true],
  ["Terapeuta inclusiva, afirmativa y comprensiva.", true],
  ["Open-minded: I never ask why you work, and I charge the same for a late cancellation.", false],
  ["Sin juicios: no pregunto por tu trabajo si no quieres hablar de eso conmigo.", false],
  ["I will not report your work to anyone.", false],
  ["Con respecto a tu trabajo: no lo apunto.", false],
  ["Yes.", false],
  ["", false],
])("only praise in %j: %s", (words, little) => {
  expect(saysLittle(words)).toBe(little);
  expect(saysLittle(words), "asked twice").toBe(little);
});
