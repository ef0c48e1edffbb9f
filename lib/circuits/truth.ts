import { connect, type Db, primary } from "#db/client.ts";
import { type Circuit, type CircuitOptions, openCircuit } from "./open-circuit.ts";

/** Postgres as readers' pages ask it: what it says holds, if it says anything in time. */
export type Truth = { db: Db; circuit: Circuit };

export function openTruth(
  databaseUrl: string,
  db: Db,
  patience: Pick<CircuitOptions, "patienceMs" | "pauseMs"> = {},
): Truth {
  const lookAgain = (signal: AbortSignal) => connectAnew(databaseUrl, signal);
  return { db, circuit: openCircuit({ part: "postgres", lookAgain, ...patience }) };
}

/** On a line of its own: those of the pool may be full of questions that nobody answers. */
async function connectAnew(databaseUrl: string, signal: AbortSignal): Promise<void> {
  const { sql } = connect(databaseUrl, { max: 1 });
  signal.addEventListener("abort", () => void sql.end({ timeout: 0 }));
  await sql`select 1`;
}

// The server and the bundled pages are two module graphs in one process: they share one circuit.
const shared = globalThis as { parasolTruth?: Truth };

/** The process's own, over its one pool. */
export function primaryTruth(): Truth {
  shared.parasolTruth ??= openTruth(process.env.DATABASE_URL ?? "", primary());
  return shared.parasolTruth;
}

/** Asks the process's own database, and waits no longer than readers should. */
export function askTruth<T>(
  ask: (db: Db) => Promise<T>,
  truth: Truth = primaryTruth(),
): Promise<T> {
  return truth.circuit.run(() => ask(truth.db));
}
