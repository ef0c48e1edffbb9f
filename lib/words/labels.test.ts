import { expect, test } from "vitest";
import { locales, messages, wordsFor } from "./labels.ts";

function textsOf(messages: object, path = ""): Map<string, string> {
  return new Map(
    Object.entries(messages).flatMap(([key, value]) =>
      typeof value === "string" ? [[path + key, value]] : [...textsOf(value, `${path}${key}.`)],
    ),
  );
}

const texts = { en: textsOf(messages.en), es: textsOf(messages.es) };
/** `{count, plural, …}` and `{name}` both take a value called by their first word. */
const valuesOf = (text: string) =>
  new Set([...text.matchAll(/\{(\w+)(?=[,}])/g)].map(([, name]) => name));

test("both languages have the same texts, asking for the same values", () => {
  expect([...texts.es.keys()].sort()).toEqual([...texts.en.keys()].sort());
  for (const [key, text] of texts.en) {
    expect(valuesOf(texts.es.get(key) ?? ""), key).toEqual(valuesOf(text));
  }
});

test.each(locales)("every text of %s can be said", (locale) => {
  const { t } = wordsFor(locale);
  for (const [key, text] of texts[locale]) {
    const values = Object.fromEntries([...valuesOf(text)].map((name) => [name ?? "", 2]));
    const say = t as unknown as (key: string, values: Record<string, number>) => string;
    expect(say(key, values), key).not.toBe("");
  }
});

test("no text uses a word that harms", () => {
  const words = /prostitut|victim|v[ií]ctima|clients like you|non-judgement/i;
  for (const all of [texts.en, texts.es]) {
    for (const [key, text] of all) expect(text, key).not.toMatch(words);
  }
});

test("days, money and lists as people read them", () => {
  const { day, money, list } = wordsFor("en");
  expect(day("2026-11-02")).toBe("2 November 2026");
  expect(money(120, "USD")).toBe("$120");
  expect(money(120, "CAD")).toBe("CA$120");
  expect(list(["a", "b", "c"])).toBe("a, b and c");
  expect(wordsFor("es").day("2026-11-02")).toBe("2 de noviembre de 2026");
});
