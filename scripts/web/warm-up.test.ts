import type { RequestListener } from "node:http";
import { expect, test } from "vitest";
import { warmUp } from "./warm-up.ts";

/** Pages that say "not just now" as often as told, and then come. */
function pagesAfter(refusals: number): { make: RequestListener; asked: () => number } {
  let asked = 0;
  return {
    asked: () => asked,
    make: (_, response) => {
      asked += 1;
      response.writeHead(asked <= refusals ? 503 : 404).end("words");
    },
  };
}

test("a process asks itself until all pages come, and no longer", async () => {
  const pages = pagesAfter(7);
  await warmUp(pages.make);
  expect(pages.asked()).toBe(12);
});

test("while a part is away it gives up in time", async () => {
  const began = performance.now();
  await warmUp(pagesAfter(Number.POSITIVE_INFINITY).make, 300);
  expect(performance.now() - began).toBeLessThan(2_000);
});

test("pages that never come are not waited for", async () => {
  await warmUp(() => {}, 300);
});
