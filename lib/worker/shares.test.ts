import { expect, test } from "vitest";
import { leastShares, sharesOf } from "./shares.ts";

test("by default a worker does four jobs at a time, sends two mails, and writes twice to a node", () => {
  expect(sharesOf(20, 1)).toEqual({
    own: 9,
    others: { concurrency: 4, maxPoolSize: 5 },
    mails: { concurrency: 2, maxPoolSize: 3 },
    node: { concurrency: 2, maxPoolSize: 3 },
  });
});

test.each([0, 1, 2, 3, 7])("with %i search nodes none is over, and everyone has hands", (nodes) => {
  for (let all = leastShares(nodes); all < leastShares(nodes) + 60; all += 1) {
    const { own, others, mails, node } = sharesOf(all, nodes);
    expect(own + others.maxPoolSize + mails.maxPoolSize + nodes * node.maxPoolSize).toBe(all);
    expect(Math.min(others.concurrency, mails.concurrency, node.concurrency)).toBeGreaterThan(0);
    // One for each job, and one for the sign of life.
    const jobs = others.concurrency + mails.concurrency + nodes * node.concurrency;
    expect(own).toBeGreaterThan(jobs);
  }
});
