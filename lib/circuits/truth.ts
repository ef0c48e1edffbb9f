import { connect, type Db, primary } from "#db/client.ts";
import { replicaUrls } from "#db/replica-urls.ts";
import { type Circuit, type CircuitOptions, openCircuit } from "./open-circuit.ts";

/** A Postgres as readers' pages ask it, and not for long. */
export type Line = { db: Db; circuit: Circuit };

/** The one whose word holds, if it says anything in time, and copies of it that may be behind. */
export type Truth = Line & { replicas: readonly Line[] };

type Patience = Pick<CircuitOptions, "patienceMs" | "pauseMs">;

export function openTruth(
  databaseUrl: string,
  db: Db,
  patience: Patience = {},
  replicas: readonly Line[] = [],
): Truth {
  return { ...openLine(databaseUrl, db, patience), replicas };
}

export function openLine(databaseUrl: string, db: Db, patience: Patience = {}): Line {
  const lookAgain = (signal: AbortSignal) => connectAnew(databaseUrl, signal);
  return { db, circuit: openCircuit({ part: "postgres", lookAgain, ...patience }) };
}

/** On a line of its own: those of the pool may be full of questions that nobody answers. */
async function connectAnew(databaseUrl: string, signal: AbortSignal): Promise<void> {
  const { sql } = connect(databaseUrl, { max: 1 });
  signal.addEventListener("abort", () => void sql.end({ timeout: 0 }));
  try {
    await sql`select 1`;
  } finally {
    await sql.end({ timeout: 0 });
  }
}

// The server and the bundled pages are two module graphs in one process: they share one circuit.
const shared = globalThis as { parasolTruth?: Truth };

/** The process's own, over its one pool, and one for each replica. */
export function primaryTruth(): Truth {
  shared.parasolTruth ??= openTruth(process.env.DATABASE_URL ?? "", primary(), {}, ownReplicas());
  return shared.parasolTruth;
}

/** Readers still have to ask the primary when a replica is slow. */
const replicaPatience = { patienceMs: 500 };

function ownReplicas(): Line[] {
  return replicaUrls(process.env.DATABASE_REPLICA_URL ?? "").map((url) =>
    openLine(url, connect(url).db, replicaPatience),
  );
}

/** Asks the process's own database, never a copy of it, and waits no longer than readers should. */
export function askTruth<T>(
  ask: (db: Db) => Promise<T>,
  truth: Truth = primaryTruth(),
): Promise<T> {
  return truth.circuit.run(() => ask(truth.db));
}
