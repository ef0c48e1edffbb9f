import { EventEmitter } from "node:events";
import { type Job, Logger, run, type WorkerEvents } from "graphile-worker";
import { connect, sharesSessions } from "#db/client.ts";
import { readConfig } from "#lib/config.ts";
import { type FedNode, feedNodes, feedOnly } from "#lib/directory/feed-nodes.ts";
import { indexName } from "#lib/directory/index-name.ts";
import { areEntriesOutdated } from "#lib/directory/rebuild-entries.ts";
import { type MailTransport, openTransport } from "#lib/email/open-transport.ts";
import { failureOf } from "#lib/email/rules.ts";
import { enqueueReindexAll } from "#lib/jobs/enqueue.ts";
import { beat, forget, idsOfPools } from "#lib/jobs/heartbeat.ts";
import { heartbeat } from "#lib/jobs/readiness.ts";
import { type LogFields, log, logDefect } from "#lib/logs/log.ts";
import { tasksAt } from "./node-tasks.ts";
import { enqueueScheduledTasks, schedule } from "./schedule.ts";
import { sharesOf } from "./shares.ts";
import { tasks } from "./tasks.ts";
import { watchNodes } from "./watch-nodes.ts";

const part = "worker";

/**
 * Does jobs until the signal; then lets those under way finish. Jobs of a worker that was killed
 * are freed by the next one that looks, within a minute.
 */
export async function runWorker(
  databaseUrl: string,
  nodes: readonly FedNode[],
  signal: AbortSignal,
  { lookEveryMs = 5_000 } = {},
): Promise<void> {
  const shares = sharesOf(readConfig().DATABASE_WORKER_POOL, nodes.length);
  const { sql, db } = connect(databaseUrl, { max: shares.own });
  await feedNodes(nodes, indexName, db);
  await feedOnly(nodes, db);
  if (await areEntriesOutdated(db)) await enqueueReindexAll(db);
  // A node that is new, has lost its data or has an index of another release is made good without hands.
  await watchNodes(nodes, db, { indexUid: indexName, everyMs: lookEveryMs, signal });
  const transport = mailTransport();
  if (transport) void tellOfMailServer(transport);
  await enqueueScheduledTasks(db);
  const events: WorkerEvents = new EventEmitter();
  const ids = idsOfPools(events);
  tellOfJobs(events);
  const { "mail.send": sendMail, ...others } = tasks({ db, transport });
  const shared = {
    connectionString: databaseUrl,
    events,
    logger: new Logger(() => report),
    noHandleSignals: true,
    ...(sharesSessions() && withoutSession),
  };
  const mailOnly = { ...shares.mails, parsedCronItems: [] };
  const nodeOnly = { ...shares.node, parsedCronItems: [] };
  const runners = await Promise.all([
    run({ ...shared, ...shares.others, taskList: others, parsedCronItems: schedule() }),
    ...(sendMail ? [run({ ...shared, ...mailOnly, taskList: { "mail.send": sendMail } })] : []),
    ...nodes.map((node) => run({ ...shared, ...nodeOnly, taskList: tasksAt(node, db) })),
  ]);
  await beat(ids, db);
  const timer = setInterval(() => {
    beat(ids, db).catch(() => {
      // Postgres is away; readiness says so, and the next beat tries again.
    });
  }, heartbeat.everyMs);
  const stop = () => Promise.allSettled(runners.map((runner) => runner.stop()));
  signal.addEventListener("abort", stop, { once: true });
  // Told while it was still starting.
  if (signal.aborted) void stop();
  const ended = runners.map((runner) => runner.promise);
  try {
    // One that ends by itself takes the other along: whoever started us starts both again.
    await Promise.race(ended).finally(stop);
    await Promise.all(ended);
  } finally {
    clearInterval(timer);
    transport?.close();
    await forget(ids, db).catch(() => undefined);
    await sql.end();
  }
}

/** Nobody can call through a pooler that a job has come, so we look more often than every 2 s. */
const withoutSession = { noPreparedStatements: true, pollInterval: 500 };

/** Of jobs that did well at `debug` alone: a line for each would tell when somebody was busy. */
function tellOfJobs(events: WorkerEvents): void {
  events.on("job:success", ({ job }) => log("debug", "job done", told(job)));
  events.on("job:error", ({ job }) => log("warn", "job failed, is tried again", told(job)));
  events.on("job:failed", ({ job }) =>
    log("warn", "job given up", { ...told(job), lastTry: true }),
  );
}

function told({ task_identifier: task, id: jobId, attempts: attempt }: Job): LogFields {
  return { part, task, jobId, attempt };
}

/** Without a mail server, the key that opens mails and the address for links, they wait. */
function mailTransport(): MailTransport | null {
  const config = readConfig();
  const missing = (["SMTP_URL", "MASTER_KEY", "SITE_URL"] as const).filter((name) => !config[name]);
  if (missing.length === 0) return openTransport(config);
  log("warn", `no mail is sent, all of it waits: ${missing.join(" and ")} not set`, { part });
  return null;
}

/** Said at the start, where somebody looks: no mail might be due for days. */
async function tellOfMailServer(transport: MailTransport): Promise<void> {
  try {
    await transport.greet();
  } catch (error) {
    const { host } = new URL(readConfig().SMTP_URL ?? "smtp://?");
    const { what } = failureOf(error);
    const trouble = `the mail server ${host} (SMTP_URL) does not take our mails: ${what}`;
    log("warn", `${trouble}. They wait, and are tried again`, { part });
  }
}

/**
 * Only trouble is worth a line. What failed and where it did, never the error's own words: those of
 * databases quote what was written.
 */
function report(level: string, message: string, meta?: { error?: unknown }): void {
  if (level !== "error" && level !== "warning") return;
  const words = message.split(" with error ")[0] ?? "";
  log("warn", words, { part });
  if (meta?.error) logDefect(meta.error, { part });
}
