import {
  type CircuitBreakerPolicy,
  CircuitState,
  ConsecutiveBreaker,
  circuitBreaker,
  handleWhen,
  isBrokenCircuitError,
  isTaskCancelledError,
  TimeoutStrategy,
  timeout,
} from "cockatiel";
import { UnavailableError, unavailablePart } from "#lib/errors.ts";

export type Circuit = {
  /**
   * Asks the part, and waits no longer than the patience. After one silence nobody waits again
   * until the part has answered us: whoever asks meanwhile gets the error at once.
   * @throws UnavailableError naming the part
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

/** One for each part that readers' pages stand on (docs/decisions/0028). */
export function openCircuit(options: CircuitOptions): Circuit {
  const { part, patienceMs = 1_000 } = options;
  const isAway = (error: unknown) => isTaskCancelledError(error) || unavailablePart(error) === part;
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
        .execute(() => within(ms, ask))
        .catch((error: unknown) => {
          if (!isAway(error) && !isBrokenCircuitError(error)) throw error;
          throw new UnavailableError(part, { cause: error });
        }),
    requireClosed: () => {
      if (!isClosed()) throw new UnavailableError(part);
    },
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
