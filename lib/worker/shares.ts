type Runner = { concurrency: number; maxPoolSize: number };

/** How a worker spends the connections that it may open. */
export type Shares = { own: number; others: Runner; mails: Runner; eachNode: Runner };

/** Fewer would leave no hands for mails, or for a search node. */
export function leastShares(nodes: number): number {
  return 7 + 3 * nodes;
}

/**
 * Each runner listens on one connection and needs one for each job; each job may have one more, and
 * one is over for what is nobody's job. Mails have hands of their own: a mail server that takes a line
 * and says nothing holds up no other. And so has each search node: one that is away, or is being built,
 * holds up only itself.
 * @param connections of one worker process in all
 */
export function sharesOf(connections: number, nodes: number): Shares {
  const jobs = Math.floor((connections - 3 - nodes) / 2);
  const few = Math.max(1, Math.floor(jobs / (3 + nodes)));
  const [others, mails, eachNode] = [jobs - few * (1 + nodes), few, few].map(runner) as [
    Runner,
    Runner,
    Runner,
  ];
  const theirs = others.maxPoolSize + mails.maxPoolSize + nodes * eachNode.maxPoolSize;
  return { own: connections - theirs, others, mails, eachNode };
}

function runner(concurrency: number): Runner {
  return { concurrency, maxPoolSize: concurrency + 1 };
}
