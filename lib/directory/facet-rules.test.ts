import { expect, test } from "vitest";
import { isReadersLanguage, trainingCriteria } from "./facet-rules.ts";

test.each([
  [{ kind: "workshop", workerLed: "yes", evidence: "none" }, ["workshop", "sex-worker-led"]],
  [{ kind: "workshop", workerLed: "unknown", evidence: "provided" }, ["workshop"]],
  [
    { kind: "certificate-programme", workerLed: "no", evidence: "seen" },
    ["certificate-programme", "certified", "evidence-checked"],
  ],
  [
    { kind: "conference", workerLed: "no", evidence: "confirmed-by-provider" },
    ["conference", "evidence-checked"],
  ],
] as const)("%o meets %o", (training, criteria) => {
  expect(trainingCriteria([training])).toEqual(criteria);
});

test("a few words of a language are not a language to have therapy in", () => {
  expect(isReadersLanguage({ kind: "language", level: "therapy" })).toBe(true);
  expect(isReadersLanguage({ kind: "language", level: "basic" })).toBe(false);
  expect(isReadersLanguage({ kind: "language", level: "interpreter" })).toBe(false);
  expect(isReadersLanguage({ kind: "modality", level: null })).toBe(false);
});
