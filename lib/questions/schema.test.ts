import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { wordLimits } from "#lib/cases/rules.ts";
import { readAnswers, readMessage } from "./schema.ts";

describe("answers", () => {
  test("are those that were given; what is empty stays open", () => {
    const typed = { "answer-a": [" yes "], "answer-b": ["  "], "words-c": ["no"], intent: ["x"] };
    expect(readAnswers(typed, ["a", "b"])).toEqual({
      ok: true,
      value: [{ itemId: "a", words: "yes" }],
    });
  });

  test("of which there is none are asked for, at the first question", () => {
    const wrong = (typed: Record<string, string[]>, open: string[]) => readAnswers(typed, open);
    expect(wrong({}, ["a", "b"])).toEqual({
      ok: false,
      errors: { "answer-a": { code: "required" } },
    });
    expect(wrong({ "answer-a": [""] }, [])).toEqual({
      ok: false,
      errors: { "": { code: "required" } },
    });
  });

  test("that are too long are each named, counted as people count", () => {
    const max = wordLimits.item;
    const typed = {
      "answer-a": ["🌂".repeat(max)],
      "answer-b": ["🌂".repeat(max + 1)],
      "answer-c": ["x".repeat(max + 1)],
    };
    expect(readAnswers(typed, [])).toEqual({
      ok: false,
      errors: {
        "answer-b": { code: "too-long", values: { max } },
        "answer-c": { code: "too-long", values: { max } },
      },
    });
  });

  test("never break on names or words that nobody would type", () => {
    const names = fc.oneof(
      fc.string(),
      fc.constantFrom("answer-", "answer-__proto__", "answer-constructor", "__proto__"),
      fc.uuid().map((id) => `answer-${id}`),
    );
    fc.assert(
      fc.property(fc.dictionary(names, fc.array(fc.string(), { maxLength: 2 })), (typed) => {
        const parsed = readAnswers(typed, []);
        if (!parsed.ok) return;
        for (const { itemId, words } of parsed.value) {
          expect(typed[`answer-${itemId}`]?.at(-1)?.trim()).toBe(words);
        }
      }),
    );
  });
});

test("a message is one about its case, and not an empty one", () => {
  expect(readMessage({ "words-a": [" hello "] }, "a")).toEqual({ ok: true, value: "hello" });
  const required = { ok: false, errors: { "words-b": { code: "required" } } };
  expect(readMessage({ "words-a": ["hello"] }, "b")).toEqual(required);
  expect(readMessage({ "words-b": [" \n "] }, "b")).toEqual(required);
});
