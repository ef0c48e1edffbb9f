/** Fewer would leave no hands for mails, or for one of the search nodes. */
export function leastShares(nodes: number): number {
  return 7 + 3 * nodes;
}

type Runner = { concurrency: number; maxPoolSize: number };

/** How a worker spends the connections that it may open. `node` is that of each search node. */
export type Shares = { own: number; others: Runner; mails: Runner; node: Runner };

/**
 * Each runner listens on one connection and needs one for each job; each job may have one more, and
 * one is over for what is nobody's job. Mails have hands of their own: a mail server that takes a line
 * and says nothing holds up no other. So has each search node, two where there is room: one that is
 * away, or is being built, holds up only itself.
 * @param connections of one worker process in all, `leastShares` or more
 */
export function sharesOf(connections: number, nodes: number): Shares {
  const jobs = Math.floor((connections - 3 - nodes) / 2);
  const atNode = jobs - 2 * nodes >= 3 ? 2 : 1;
  const rest = jobs - atNode * nodes;
  const mails = Math.max(1, Math.floor(rest / 3));
  const runners = { others: runner(rest - mails), mails: runner(mails), node: runner(atNode) };
  const theirs =
    runners.others.maxPoolSize + runners.mails.maxPoolSize + nodes * runners.node.maxPoolSize;
  return { own: connections - theirs, ...runners };
}

function runner(concurrency: number): Runner {
  return { concurrency, maxPoolSize: concurrency + 1 };
}
