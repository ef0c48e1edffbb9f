import { expect, test } from "vitest";
import { isRef } from "#lib/storage/rules.ts";
import { photoMediaType, photoRefs } from "./rules.ts";

const id = "0b9c1f3e-5a6d-4c1b-9a44-2f1f0d1c2b3a";

test.each([
  [id, "192.avif", "image/avif"],
  [id, "640.webp", "image/webp"],
  [id, "640.jpg", "image/jpeg"],
  [id, "320.jpg", null],
  [id, "640.png", null],
  [id, "640.jpg.part", null],
  [id, "../evidence/1", null],
  ["..", "640.jpg", null],
  [id.toUpperCase(), "640.jpg", null],
  ["constructor", "192.avif", null],
])("/photos/%s/%s is %s", (given, file, mediaType) => {
  expect(photoMediaType(given, file)).toBe(mediaType);
});

test("a photo has six files, each with a ref that the store takes", () => {
  expect(photoRefs(id)).toHaveLength(6);
  expect(photoRefs(id).every(isRef)).toBe(true);
});
