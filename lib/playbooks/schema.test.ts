import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseForm, type Typed } from "#lib/forms/rules.ts";
import { listCredentialTypes, listRegions } from "#lib/reference/queries.ts";
import { addressFault } from "./rules.ts";
import { contentOf, most, playbookForm, playbookLayout, typedContent } from "./schema.ts";
import { shippedPlaybooks } from "./shipped-playbooks.ts";

const schema = playbookForm({
  credentialTypes: listCredentialTypes().map(({ id }) => id),
  regions: listRegions().map(({ code }) => code),
});
const read = (typed: Typed) => parseForm(schema, typed, playbookLayout);
const good: Typed = {
  version: ["3"],
  name: ["A board"],
  url: ["https://board.example/search"],
  credentialTypes: ["us-lmft"],
  jurisdictions: ["us-ca, US-OR;gb-*"],
  stepsEn: ["Type the number"],
  stepsEs: ["Escribe el número"],
  "statusWords.0.word": ["Active"],
  "statusWords.0.meaningEn": ["Yes"],
  "statusWords.0.meaningEs": ["Sí"],
  "statusWords.0.suggests": ["verify"],
  reason: ["The site has moved"],
};
const errorsOf = (change: Typed) => {
  const parsed = read({ ...good, ...change });
  return parsed.ok ? {} : parsed.errors;
};

test("what was typed becomes a playbook", () => {
  const parsed = read(good);
  expect(parsed.ok && parsed.value).toMatchObject({ version: 3, reason: "The site has moved" });
  expect(parsed.ok && contentOf(parsed.value)).toEqual({
    name: "A board",
    url: "https://board.example/search",
    credentialTypes: ["us-lmft"],
    jurisdictions: ["US-CA", "US-OR", "GB-*"],
    steps: { en: "Type the number", es: "Escribe el número" },
    idFormat: null,
    statusWords: [{ word: "Active", meaning: { en: "Yes", es: "Sí" }, suggests: "verify" }],
    callBack: null,
  });
});

test.each(shippedPlaybooks())("the form of $id, sent as it stands, changes nothing", (shipped) => {
  const parsed = read({ ...typedContent(shipped.content, 1), reason: ["None"] });
  expect(parsed.ok && contentOf(parsed.value)).toEqual(shipped.content);
});

describe("a form that is wrong says where", () => {
  test.each<[string, Typed, string, string]>([
    ["no name", { name: [" "] }, "name", "required"],
    ["a name without end", { name: ["x".repeat(most.name + 1)] }, "name", "too-long"],
    ["a broken address", { url: ["http:/board"] }, "url", "not-url"],
    ["an address inside", { url: ["http://192.168.0.4"] }, "url", "private-address"],
    ["a credential of nobody", { credentialTypes: ["us-none"] }, "credentialTypes", "choose"],
    ["no place", { jurisdictions: [" , "] }, "jurisdictions", "required"],
    ["a strange place", { jurisdictions: ["US-CA US-ZZ"] }, "jurisdictions", "unknown-place"],
    ["a strange country", { jurisdictions: ["FR-*"] }, "jurisdictions", "unknown-place"],
    ["English alone", { stepsEs: [""] }, "stepsEs", "required"],
    ["a format in one language", { idFormatEn: ["Digits"] }, "idFormatEs", "both-languages"],
    ["a way back in one language", { callBackEs: ["Llama"] }, "callBackEn", "both-languages"],
    ["no reason", { reason: [""] }, "reason", "required"],
    [
      "a word without a meaning",
      { "statusWords.0.meaningEs": [""] },
      "statusWords.0.meaningEs",
      "required",
    ],
    [
      "a decision on something else",
      { "statusWords.0.suggests": ["suspend"] },
      "statusWords.0.suggests",
      "choose",
    ],
  ])("%s", (_, change, field, code) => {
    expect(errorsOf(change)[field]?.code).toBe(code);
  });

  test("everywhere at once", () => {
    const change = { name: [""], url: ["x"], jurisdictions: ["ZZ"], reason: [""] };
    expect(Object.keys(errorsOf(change)).sort()).toEqual(Object.keys(change).sort());
  });
});

test("a blank row of status words is none", () => {
  const parsed = read({
    ...good,
    "statusWords.1.word": [" "],
    "statusWords.1.suggests": ["verify"],
  });
  expect(parsed.ok && contentOf(parsed.value).statusWords).toHaveLength(1);
});

test("whatever is sent is refused, or is a playbook that can be shown", () => {
  const text = fc.oneof(fc.string(), fc.constantFrom("verify", "US-CA", "*", "https://a.example"));
  const field = fc.constantFrom(
    ...Object.keys(good),
    "idFormatEn",
    "callBackEs",
    "statusWords.7.word",
    "statusWords.99.suggests",
    "statusWords.1.__proto__",
    "constructor",
  );
  const changes = fc.array(fc.tuple(field, fc.array(text, { maxLength: 3 })), { maxLength: 8 });
  fc.assert(
    fc.property(changes, (typed) => {
      const parsed = read({ ...good, ...Object.fromEntries(typed) });
      if (!parsed.ok) return;
      const content = contentOf(parsed.value);
      expect(content.steps.en && content.steps.es && content.name).not.toBe("");
      expect(content.url === null ? null : addressFault(content.url)).toBeNull();
      expect(content.jurisdictions.length).toBeGreaterThan(0);
      expect(content.statusWords.length).toBeLessThanOrEqual(most.words);
      for (const { word, meaning } of content.statusWords) {
        expect([word, meaning.en, meaning.es]).not.toContain("");
      }
    }),
    { numRuns: 400 },
  );
});
