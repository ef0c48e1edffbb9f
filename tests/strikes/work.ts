import { Logger, runOnce } from "graphile-worker";
import type { Db } from "#db/client.ts";
import { readConfig } from "#lib/config.ts";
import { openTransport } from "#lib/email/open-transport.ts";
import { searchClient } from "#lib/search/client.ts";
import { tasksAt } from "#lib/worker/node-tasks.ts";
import { tasks } from "#lib/worker/tasks.ts";

export type Work = {
  task: string;
  smtpUrl?: string;
  index?: { name: string; url: string; apiKey: string; uid: string };
};

const patienceMs = 5_000;

/** Does what is due of one task, as the worker does. */
export async function work(
  { task, smtpUrl, index }: Work,
  db: Db,
  databaseUrl: string,
): Promise<void> {
  const config = readConfig({ SMTP_URL: smtpUrl, SITE_URL: "https://directory.example" });
  const transport = openTransport(config, patienceMs);
  const { [task]: run } = tasks({ db, transport });
  if (!run) throw new Error(`no task ${task}`);
  try {
    await runOnce({
      connectionString: databaseUrl,
      taskList: { [task]: run, ...(index && tasksAt(nodeOf(index), db, index.uid)) },
      concurrency: 1,
      noHandleSignals: true,
      logger: new Logger(() => () => {}),
    });
  } finally {
    transport?.close();
  }
}

function nodeOf(server: NonNullable<Work["index"]>) {
  return { name: server.name, client: searchClient(server) };
}
