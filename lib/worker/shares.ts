/** Fewer would leave no hands for mails. */
export const leastShares = 7;

type Runner = { concurrency: number; maxPoolSize: number };

/** How a worker spends the connections that it may open. */
export type Shares = { own: number; others: Runner; mails: Runner };

/**
 * Each runner listens on one connection and needs one for each job; each job may have one more, and
 * one is over for what is nobody's job. Mails have hands of their own: a mail server that takes a line
 * and says nothing holds up no other.
 * @param connections of one worker process in all
 */
export function sharesOf(connections: number): Shares {
  const jobs = Math.floor((connections - 3) / 2);
  const mails = Math.max(1, Math.floor(jobs / 3));
  const others = jobs - mails;
  const runners = { others: runner(others), mails: runner(mails) };
  const own = connections - runners.others.maxPoolSize - runners.mails.maxPoolSize;
  return { own, ...runners };
}

function runner(concurrency: number): Runner {
  return { concurrency, maxPoolSize: concurrency + 1 };
}
