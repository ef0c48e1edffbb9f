import fc from "fast-check";
import { expect, test } from "vitest";
import { holdForm } from "./schema.ts";

const reason = "A court asked for them.";
const slugIn = (therapist: string) => holdForm.safeParse({ therapist, reason }).data?.therapist;

test.each([
  ["quill-nightingale-x7k2", "quill-nightingale-x7k2"],
  ["https://directory.example/therapists/quill-x7k2", "quill-x7k2"],
  ["https://directory.example/es/therapists/quill-x7k2/", "quill-x7k2"],
  [" quill ", "quill"],
  ["https://directory.example/therapists/", undefined],
  ["Quill Nightingale", undefined],
  ["quill--x", undefined],
  ["therapists/quill/contact", undefined],
  ["", undefined],
])("%o is the listing %s", (typed, slug) => {
  expect(slugIn(typed)).toBe(slug);
});

test("whatever is typed, what comes out is a slug or nothing", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 400 }), (typed) => {
      expect(slugIn(typed) ?? "a").toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
    }),
  );
});

test.each(["", "too short", "x".repeat(1001)])(
  "a reason of the wrong length is refused",
  (given) => {
    expect(holdForm.safeParse({ therapist: "quill", reason: given }).success).toBe(false);
  },
);
