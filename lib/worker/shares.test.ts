import { expect, test } from "vitest";
import { leastShares, sharesOf } from "./shares.ts";

test("by default a worker does four jobs at a time and sends two mails", () => {
  expect(sharesOf(16)).toEqual({
    own: 8,
    others: { concurrency: 4, maxPoolSize: 5 },
    mails: { concurrency: 2, maxPoolSize: 3 },
  });
});

test.each([leastShares, 8, 9, 10, 16, 17, 40, 500])("of %i connections none is over", (all) => {
  const { own, others, mails } = sharesOf(all);
  expect(own + others.maxPoolSize + mails.maxPoolSize).toBe(all);
  expect(Math.min(others.concurrency, mails.concurrency)).toBeGreaterThan(0);
  // One for each job, and one for the sign of life.
  expect(own).toBeGreaterThan(others.concurrency + mails.concurrency);
});
