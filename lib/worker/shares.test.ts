import { expect, test } from "vitest";
import { leastShares, sharesOf } from "./shares.ts";

test("by default a worker does four jobs at a time, two mails, and two writes to its node", () => {
  expect(sharesOf(20, 1)).toEqual({
    own: 9,
    others: { concurrency: 4, maxPoolSize: 5 },
    mails: { concurrency: 2, maxPoolSize: 3 },
    eachNode: { concurrency: 2, maxPoolSize: 3 },
  });
});

const cases = [0, 1, 2, 5].flatMap((nodes) =>
  [leastShares(nodes), 23, 40, 500].map((all) => [all, nodes] as const),
);

test.each(cases)("of %i connections none is over with %i nodes", (all, nodes) => {
  const { own, others, mails, eachNode } = sharesOf(all, nodes);
  expect(own + others.maxPoolSize + mails.maxPoolSize + nodes * eachNode.maxPoolSize).toBe(all);
  const hands = [others.concurrency, mails.concurrency, eachNode.concurrency];
  expect(Math.min(...hands)).toBeGreaterThan(0);
  // One for each job, and one for the sign of life.
  expect(own).toBeGreaterThan(
    others.concurrency + mails.concurrency + nodes * eachNode.concurrency,
  );
});
