import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { contactKinds, statementAnswers } from "#db/vocabulary.ts";
import { type Typed, typedOf } from "#lib/forms/rules.ts";
import {
  listTerms,
  listTrainingCatalogue,
  practiceStatements,
  statementLimits,
} from "#lib/reference/queries.ts";
import { fullView } from "../../tests/support/editor-view.ts";
import type { EditorView } from "./queries.ts";
import { type TopicName, topics } from "./save-topic.ts";
import { experience } from "./topic-practice.ts";
import { trainingKinds } from "./topic-trainings.ts";

const names = Object.keys(topics) as TopicName[];

const training: EditorView["trainings"][number] = {
  id: "training-1",
  catalogueId: null,
  kind: trainingKinds[0]?.id ?? "",
  provider: "Example Collective",
  title: "Working with sex workers",
  hours: 12,
  year: 2024,
  finishedOn: "2024-05-31",
  topics: "Consent, stigma",
  workerLed: "yes",
  evidence: "none",
  expiresOn: null,
  claimVersion: 1,
  stage: "proposed",
  replacesId: null,
  retireProposed: false,
};

const words = fc
  .string({ unit: "grapheme", minLength: 1, maxLength: 30 })
  .map((text) => text.trim() || "a");
const blankOr = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null });
const answer = fc
  .string({ unit: "grapheme-ascii", maxLength: 40 })
  .map((text) => `${"a".repeat(statementLimits().minChars)}${text}`);

const termsOf = (kind: "modality" | "concern" | "identity" | "fee" | "arrangement" | "access") =>
  fc
    .subarray([...listTerms(kind)], { maxLength: Math.min(20, listTerms(kind).length) })
    .map((terms) => terms.map(({ id }) => ({ kind, id, level: null, detail: null })));

const work = fc
  .subarray([...listTerms("work")])
  .chain((terms) =>
    fc.tuple(
      ...terms.map(({ id }) =>
        fc
          .constantFrom(...experience)
          .map((step) => ({ kind: "work" as const, id, level: step.id, detail: null })),
      ),
    ),
  );

const statements = fc.subarray([...practiceStatements()]).chain((asked) =>
  fc.tuple(
    ...asked.map(({ id }) =>
      fc.record({
        id: fc.constant(id),
        answer: fc.constantFrom(...statementAnswers),
        words: answer,
      }),
    ),
  ),
);

const sampleOf = {
  email: "robin@mail.example",
  phone: "+1 555 010 0199",
  text: "(555) 010-0199",
  website: "https://therapy.example/robin",
  booking: "https://booking.example/?with=robin",
  signal: "robin.42",
};
const contacts = fc.uniqueArray(
  fc.record({ kind: fc.constantFrom(...contactKinds), note: blankOr(words) }).map((way) => ({
    ...way,
    value: sampleOf[way.kind],
  })),
  { maxLength: 6 },
);

const location = fc.constantFrom(
  ...fullView.locations,
  { precision: "city", region: "US-OR", city: "Eugene", postcode: null, address: null } as const,
  { precision: "area", region: "GB-ENG", city: "Leeds", postcode: "LS1", address: null } as const,
);

const course = fc
  .constantFrom(null, ...listTrainingCatalogue())
  .map((known) =>
    known
      ? { ...training, catalogueId: known.id, title: known.title, provider: known.provider }
      : training,
  );

/** What the database may hold of somebody: all parts are such as a form once let in. */
const validView = fc
  .record({
    terms: fc
      .tuple(
        work,
        ...(["modality", "concern", "identity", "fee", "arrangement", "access"] as const).map(
          termsOf,
        ),
      )
      .map((kinds) => [...fullView.terms, ...kinds.flat()]),
    statements,
    contacts,
    locations: fc.array(location, { maxLength: 4 }),
    trainings: fc.array(course, { maxLength: 5 }),
    legalName: blankOr(words),
    headline: blankOr(words),
    about: blankOr(words),
    fee: fc.constantFrom(
      { feeMin: 120 },
      { feeMin: 0, feeMax: 0, slidingMin: 0 },
      { feeMin: null, feeMax: null, feeCurrency: null, feeMinutes: null, slidingMin: null },
    ),
    slidingPlacesOpen: blankOr(fc.boolean()),
    hasRevision: fc.boolean(),
  })
  .map(({ headline, about, fee, slidingPlacesOpen, hasRevision, ...parts }): EditorView => {
    const own = { headline, about, slidingPlacesOpen, ...fee };
    const revision =
      hasRevision && fullView.revision ? { ...fullView.revision, ...own } : undefined;
    return { ...fullView, ...parts, revision };
  });

test.each(names)("%s: what is saved and not touched is saved again", async (name) => {
  await fc.assert(
    fc.asyncProperty(validView, async (view) => {
      const typed = topics[name].fill(view);
      expect(await topics[name].read(typed)).toEqual({ ok: true, value: expect.any(Function) });
      const sent = Object.entries(typed).flatMap(([field, values]) =>
        values.map((value): [string, string] => [field, value]),
      );
      expect(await topics[name].read(typedOf(sent))).toMatchObject({ ok: true });
    }),
    { numRuns: 60 },
  );
});

const everything: EditorView = {
  ...fullView,
  trainings: [training],
  statements: practiceStatements().map(({ id }) => ({ id, answer: "yes", words: "Said." })),
  terms: [
    ...fullView.terms,
    ...listTerms("work").map(({ id }) => ({
      kind: "work" as const,
      id,
      level: "some",
      detail: null,
    })),
  ],
};

const notRowNumbers = (field: string) => field.replace(/\.\d+\./, ".0.");

const strangeNames = [
  "__proto__",
  "constructor",
  "toString",
  "hasOwnProperty",
  "ways.99.value",
  "ways.07.value",
  "ways.-1.value",
  "ways.0.__proto__",
  "ways.0.constructor",
  "ways.__proto__.value",
  "locations.99.city",
  "languages.99.id",
  "trainings.99.title",
  "trainings.1e9.title",
  "locations",
  "trainings.0",
  "version",
  "intent",
  "",
];
const strangeValues = [
  "",
  " ",
  "\0",
  "a\0b",
  "\ud83d",
  "\ude00 \ud83d",
  "\u202e",
  "__proto__",
  "constructor",
  "toString",
  "NaN",
  "-1",
  "1e3",
  "999999999",
  "9".repeat(400),
  "a".repeat(20_000),
  "😀".repeat(10_000),
  "0000-00-00",
  "0000-01-01",
  "2024-02-30",
  "9999-12-31",
  "javascript:alert(1)",
  "https://",
  "a@b",
  "exact",
  "US-OR",
  "on",
  "yes",
];

function hostileForm(name: TopicName): fc.Arbitrary<Typed> {
  const real = topics[name].fill(everything);
  const realNames = Object.keys(real);
  const aName = fc.oneof(
    { weight: 5, arbitrary: fc.constantFrom(...realNames) },
    {
      weight: 3,
      arbitrary: fc
        .tuple(fc.constantFrom(...realNames), fc.constantFrom(0, 1, 3, 19, 99))
        .map(([field, row]) => field.replace(/\.\d+\./, `.${row}.`)),
    },
    { weight: 2, arbitrary: fc.constantFrom(...strangeNames) },
    fc.string({ unit: "binary", maxLength: 30 }),
  );
  const aValue = fc.oneof(
    fc.constantFrom(...Object.values(real).flat(), ""),
    fc.constantFrom(...strangeValues),
    fc.string({ unit: "binary" }),
  );
  const values = fc.oneof(
    { weight: 9, arbitrary: fc.array(aValue, { maxLength: 3 }) },
    aValue.map((value) => Array.from({ length: 1000 }, () => value)),
  );
  return fc
    .tuple(fc.array(fc.tuple(aName, values), { maxLength: 25 }), fc.boolean(), fc.boolean())
    .map(([fields, isSent, onTop]) => {
      const own = onTop
        ? Object.entries(real).map(([field, all]) => [field, [...all]] as const)
        : [];
      const all = [...own, ...fields];
      // What comes past `typedOf` is cleaned; `read` has to stand what does not, too.
      if (!isSent) return Object.fromEntries(all);
      return typedOf(
        all.flatMap(([field, each]) => each.map((value): [string, string] => [field, value])),
      );
    });
}

test.each(names)(
  "%s: nothing that is sent breaks it, and errors are by its fields",
  async (name) => {
    const fields = new Set(Object.keys(topics[name].fill(everything)).map(notRowNumbers));
    const rows = topics[name].layout.rows ?? {};
    let wrong = 0;
    await fc.assert(
      fc.asyncProperty(hostileForm(name), async (typed) => {
        const form = await topics[name].read(typed);
        if (form.ok) {
          expect(form.value).toBeTypeOf("function");
          return;
        }
        wrong += 1;
        const named = Object.keys(form.errors);
        expect(named.length).toBeGreaterThan(0);
        for (const field of named) {
          expect(fields).toContain(notRowNumbers(field));
          const [group = "", row] = field.split(".");
          if (row !== undefined) expect(Number(row)).toBeLessThan(rows[group] ?? 0);
          expect(form.errors[field]?.code).toMatch(/^[a-z]+(-[a-z]+)*$/);
        }
      }),
      { numRuns: 250 },
    );
    expect(wrong).toBeGreaterThan(0);
  },
);

describe("a place", () => {
  const room = {
    "locations.0.region": "US-OR",
    "locations.0.city": "Portland",
    "locations.0.precision": "city",
  };
  const spoken = { "languages.0.id": "en", "languages.0.level": "therapy" };
  test.each<[string, Record<string, string>, Record<string, string>]>([
    ["a town and a language", { ...room, ...spoken }, {}],
    ["nothing at all", {}, {}],
    [
      "a town that is not there",
      { ...room, "locations.0.city": "Zzyzzqx" },
      { "locations.0.city": "unknown-town" },
    ],
    [
      "a town of another region",
      { ...room, "locations.0.region": "GB-ENG", "locations.0.city": "Salem" },
      { "locations.0.city": "unknown-town" },
    ],
    ["no town", { ...room, "locations.0.city": " " }, { "locations.0.city": "required" }],
    [
      "a region that is none",
      { ...room, "locations.0.region": "constructor" },
      { "locations.0.region": "choose" },
    ],
    [
      "the door without its address",
      { ...room, "locations.0.precision": "exact" },
      { "locations.0.address": "required" },
    ],
    [
      "how near is not said",
      { ...room, "locations.0.precision": "" },
      { "locations.0.precision": "choose" },
    ],
    [
      "a language that is none",
      { ...spoken, "languages.0.id": "__proto__" },
      { "languages.0.id": "choose" },
    ],
    [
      "a fluency that is none",
      { ...spoken, "languages.0.level": "best" },
      { "languages.0.level": "choose" },
    ],
    ["a format that is none", { format: "hologram" }, { format: "choose" }],
  ])("%s", async (_, fields, codes) => {
    expect(await codesOf("place", fields)).toEqual(codes);
  });
});

async function codesOf(name: TopicName, fields: Record<string, string>) {
  const form = await topics[name].read(typedOf(Object.entries(fields)));
  if (form.ok) return {};
  return Object.fromEntries(Object.entries(form.errors).map(([field, { code }]) => [field, code]));
}

describe("a training", () => {
  const row = {
    title: "A course",
    provider: "A school",
    kind: training.kind,
    workerLed: "no",
    year: "2024",
  };
  test.each<[string, Partial<Record<string, string>>, Record<string, string>]>([
    ["whole", {}, {}],
    ["year by its last day", { year: "", finishedOn: "2024-05-31" }, {}],
    ["a last day in another year", { finishedOn: "2023-05-31" }, { finishedOn: "other-year" }],
    ["no year", { year: "" }, { year: "required" }],
    ["a year to come", { year: "2099" }, { year: "in-future" }],
    ["a last day to come", { year: "", finishedOn: "2099-01-01" }, { year: "in-future" }],
    ["before anybody's time", { year: "1949" }, { year: "too-low" }],
    [
      "a last day before anybody's time",
      { year: "", finishedOn: "1949-12-31" },
      { year: "too-low" },
    ],
    ["a last day in no year", { year: "", finishedOn: "0000-01-01" }, { finishedOn: "not-a-day" }],
    ["no title", { title: "" }, { title: "required" }],
    ["an unknown kind", { kind: "constructor" }, { kind: "choose" }],
    ["an unknown course", { catalogueId: "__proto__" }, { catalogueId: "choose" }],
    ["an unknown answer", { workerLed: "maybe" }, { workerLed: "choose" }],
  ])("%s", async (_, change, errors) => {
    const inRow = (values: Partial<Record<string, string>>) =>
      Object.fromEntries(
        Object.entries(values).map(([field, value]) => [`trainings.0.${field}`, value ?? ""]),
      );
    expect(await codesOf("trainings", inRow({ ...row, ...change }))).toEqual(inRow(errors));
  });
});
