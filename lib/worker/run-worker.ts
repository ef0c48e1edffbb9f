import { EventEmitter } from "node:events";
import { type Job, Logger, run, type WorkerEvents } from "graphile-worker";
import type { Meilisearch } from "meilisearch";
import { connect } from "#db/client.ts";
import { readConfig } from "#lib/config.ts";
import { isIndexOutdated, openIndex } from "#lib/directory/index-directory.ts";
import { type MailTransport, openTransport } from "#lib/email/open-transport.ts";
import { failureOf } from "#lib/email/rules.ts";
import { enqueueReindexAll } from "#lib/jobs/enqueue.ts";
import { beat, forget } from "#lib/jobs/heartbeat.ts";
import { heartbeat } from "#lib/jobs/readiness.ts";
import { type LogFields, log, logDefect } from "#lib/logs/log.ts";
import { enqueueScheduledTasks, schedule } from "./schedule.ts";
import { tasks } from "./tasks.ts";

const CONCURRENCY = 4;
/** Mails have hands of their own: a mail server that takes a line and says nothing holds up no other. */
const MAIL_CONCURRENCY = 2;
const part = "worker";

/**
 * Does jobs until the signal; then lets those under way finish. Jobs of a worker that was killed
 * are freed by the next one that looks, within a minute.
 */
export async function runWorker(
  databaseUrl: string,
  client: Meilisearch,
  signal: AbortSignal,
): Promise<void> {
  const { sql, db } = connect(databaseUrl, { max: (CONCURRENCY + MAIL_CONCURRENCY) * 2 + 2 });
  const isNew = await openIndex(client);
  // An engine that lost its data, or an index of an older release, is made good without hands.
  const isOutdated = await isIndexOutdated(db);
  if (isNew || isOutdated) {
    const why = isNew ? "not there" : "of another release";
    log("info", `the search index is ${why}: it is built anew`, { part });
    await enqueueReindexAll(db);
  }
  const transport = mailTransport();
  if (transport) void tellOfMailServer(transport);
  await enqueueScheduledTasks(db);
  const ids: string[] = [];
  const events: WorkerEvents = new EventEmitter();
  events.on("worker:create", ({ worker }) => ids.push(worker.workerId));
  tellOfJobs(events);
  const { "mail.send": sendMail, ...others } = tasks({ client, db, transport });
  const shared = {
    connectionString: databaseUrl,
    events,
    logger: new Logger(() => report),
    noHandleSignals: true,
  };
  const mailOnly = { concurrency: MAIL_CONCURRENCY, parsedCronItems: [] };
  const runners = await Promise.all([
    run({ ...shared, concurrency: CONCURRENCY, taskList: others, parsedCronItems: schedule() }),
    ...(sendMail ? [run({ ...shared, ...mailOnly, taskList: { "mail.send": sendMail } })] : []),
  ]);
  await beat(ids, db);
  const timer = setInterval(() => {
    beat(ids, db).catch(() => {
      // Postgres is away; readiness says so, and the next beat tries again.
    });
  }, heartbeat.everyMs);
  const stop = () => Promise.allSettled(runners.map((runner) => runner.stop()));
  signal.addEventListener("abort", stop, { once: true });
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
