import { EventEmitter } from "node:events";
import { Logger, run, type WorkerEvents } from "graphile-worker";
import type { Meilisearch } from "meilisearch";
import { connect } from "#db/client.ts";
import { isIndexOutdated, openIndex } from "#lib/directory/index-directory.ts";
import { enqueueReindexAll } from "./enqueue.ts";
import { beat, forget } from "./heartbeat.ts";
import { heartbeat } from "./readiness.ts";
import { tasks } from "./tasks.ts";

const CONCURRENCY = 4;

/**
 * Does jobs until the signal; then lets those under way finish. Jobs of a worker that was killed
 * are freed by the next one that looks, within a minute.
 */
export async function runWorker(
  databaseUrl: string,
  client: Meilisearch,
  signal: AbortSignal,
): Promise<void> {
  const { sql, db } = connect(databaseUrl, { max: CONCURRENCY * 2 + 2 });
  const isNew = await openIndex(client);
  // An engine that lost its data, or an index of an older release, is made good without hands.
  if (isNew || (await isIndexOutdated(db))) await enqueueReindexAll(db);
  const ids: string[] = [];
  const events: WorkerEvents = new EventEmitter();
  events.on("worker:create", ({ worker }) => ids.push(worker.workerId));
  const runner = await run({
    connectionString: databaseUrl,
    concurrency: CONCURRENCY,
    taskList: tasks(client, db),
    events,
    logger: new Logger(() => report),
    noHandleSignals: true,
  });
  await beat(ids, db);
  const timer = setInterval(() => {
    beat(ids, db).catch(() => {
      // Postgres is away; readiness says so, and the next beat tries again.
    });
  }, heartbeat.everyMs);
  signal.addEventListener("abort", () => runner.stop(), { once: true });
  try {
    await runner.promise;
  } finally {
    clearInterval(timer);
    await forget(ids, db).catch(() => undefined);
    await sql.end();
  }
}

/** Only trouble is worth a line, and payloads are ids alone. */
function report(level: string, message: string): void {
  if (level === "error" || level === "warning") console.error(`worker: ${message}`);
}
