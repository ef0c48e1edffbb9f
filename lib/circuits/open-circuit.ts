import {
  type CircuitBreakerPolicy,
  CircuitState,
  ConsecutiveBreaker,
  circuitBreaker,
  handleWhen,
  isBrokenCircuitError,
  TimeoutStrategy,
  timeout,
} from "cockatiel";
import { UnavailableError, unavailablePart } from "#lib/errors.ts";

export type Circuit = {
  /**
   * Asks the part, and waits until it has been silent for the patience: has answered nobody, since
   * one that is slow with us and answers others is busy, not away. After one silence nobody waits
   * again until the part has answered us: whoever asks meanwhile gets the error at once.
   * @throws UnavailableError naming the part, also when only this one answer is too slow
   */
  run: <T>(ask: (signal: AbortSignal) => Promise<T>, patienceMs?: number) => Promise<T>;
  /**
   * For what may take longer than the patience, such as a write: asks nothing, and only says
   * whether the part is known to be away. @throws UnavailableError
   */
  requireClosed: () => void;
  isClosed: () => boolean;
};

export type CircuitOptions = {
  part: UnavailableError["part"];
  /** A small question, asked in the background until it is answered. */
  lookAgain: (signal: AbortSignal) => Promise<unknown>;
  patienceMs?: number;
  pauseMs?: number;
};

/** Nobody waits longer for one answer, however well the part answers others. */
const longestMs = 5_000;

/** One for each part that readers' pages stand on (docs/decisions/0028). */
export function openCircuit(options: CircuitOptions): Circuit {
  const { part, patienceMs = 1_000 } = options;
  const isAway = (error: unknown) => unavailablePart(error) === part;
  const askPatiently = patiently(options, isAway);
  const breaker = circuitBreaker(handleWhen(isAway), {
    breaker: new ConsecutiveBreaker(1),
    // Never by itself: no reader is to be the one who tries. See `holdOpen`.
    halfOpenAfter: Number.POSITIVE_INFINITY,
  });
  breaker.onBreak((reason) => {
    if (!("isolated" in reason)) holdOpen(breaker, options);
  });
  const isClosed = () => breaker.state === CircuitState.Closed;
  return {
    isClosed,
    run: (ask, ms = patienceMs) =>
      breaker
        .execute(() => askPatiently(ask, ms))
        .catch((error: unknown) => {
          const isOurs = error instanceof TooSlow || isBrokenCircuitError(error);
          if (!isOurs && !isAway(error)) throw error;
          throw new UnavailableError(part, { cause: error });
        }),
    requireClosed: () => {
      if (!isClosed()) throw new UnavailableError(part);
    },
  };
}

class TooSlow extends Error {}

/**
 * Asks, and notes each answer: of one part by one process, the last that anybody had. Half-way through
 * a silence a small question is asked beside: whoever answers that is busy with others of ours.
 */
function patiently({ part, lookAgain }: CircuitOptions, isAway: (error: unknown) => boolean) {
  let answeredAt = 0;
  const note = () => {
    answeredAt = performance.now();
  };
  let isLooking = false;
  const look = async (ms: number) => {
    if (isLooking) return;
    isLooking = true;
    await within(ms, lookAgain).then(note, () => undefined);
    isLooking = false;
  };
  return async <T>(ask: (signal: AbortSignal) => Promise<T>, ms: number): Promise<T> => {
    const began = performance.now();
    const giveUp = new AbortController();
    const { promise: over, reject } = Promise.withResolvers<never>();
    let settled = false;
    const judge = () => {
      if (settled) return;
      const now = performance.now();
      const left = Math.min(Math.max(began, answeredAt) + ms, began + longestMs) - now;
      if (left > ms / 2) return judgeIn(left - ms / 2);
      if (left > 0) {
        void look(left);
        return judgeIn(left);
      }
      reject(now < answeredAt + ms ? new TooSlow() : new UnavailableError(part));
      giveUp.abort();
    };
    let timer: NodeJS.Timeout | undefined;
    const judgeIn = (left: number) => {
      // A process that was busy itself reads what has come meanwhile before it judges.
      timer = setTimeout(() => setImmediate(judge), left);
    };
    judgeIn(ms / 2);
    try {
      const asked = ask(giveUp.signal);
      asked.then(note, (error: unknown) => isAway(error) || note());
      return await Promise.race([asked, over]);
    } finally {
      settled = true;
      clearTimeout(timer);
    }
  };
}

function within<T>(ms: number, ask: (signal: AbortSignal) => Promise<T>): Promise<T> {
  return timeout(ms, TimeoutStrategy.Aggressive).execute(({ signal }) => ask(signal));
}

/** Holds a circuit open and asks in the background until there is an answer. */
function holdOpen(
  breaker: CircuitBreakerPolicy,
  { lookAgain, patienceMs = 1_000, pauseMs = 500 }: CircuitOptions,
): void {
  const hold = breaker.isolate();
  const look = () =>
    within(patienceMs, lookAgain).then(
      () => hold.dispose(),
      () => lookLater(),
    );
  const lookLater = () => void setTimeout(look, pauseMs).unref();
  lookLater();
}
