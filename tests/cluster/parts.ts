import { setTimeout as pause } from "node:timers/promises";
import { connect } from "#db/client.ts";
import { cluster, findPid, site, upFile, withChildren } from "../support/running-site.ts";

/** A part of the site that is one process, or one and its children. */
export type Part = {
  name: string;
  /** On its command line. */
  words: RegExp;
  /** Rejects while it does not answer. */
  ask: () => Promise<unknown>;
};

export const webs: Part[] = (cluster?.webs ?? []).map((url, at) => ({
  name: `web ${at + 1}`,
  words: new RegExp(`scripts/web\\.ts ${at + 1} `),
  ask: () => askHttp(`${url}/api/ready`),
}));

export const workers: Part[] = [1, 2].map((at) => ({
  name: `worker ${at}`,
  words: new RegExp(`scripts/worker\\.ts ${at} `),
  ask: async () => undefined,
}));

export const nodes: Part[] = (site.dataDir ? upFile().meiliUrl.split(",") : []).map((url, at) => ({
  name: `Meilisearch ${at + 1}`,
  words: new RegExp(`meilisearch --.* 127\\.0\\.0\\.1:${new URL(url).port} `),
  ask: () => askHttp(`${url}/health`),
}));

export const primary: Part = {
  name: "Postgres",
  words: /postgres -D \S*\/data\/postgres\//,
  ask: () => askDatabase(upFile().migrationDatabaseUrl),
};

export const replica: Part = {
  name: "replica",
  words: /postgres -D \S*\/replica\/postgres\//,
  ask: () => askDatabase(cluster?.replicaUrl ?? ""),
};

export const pooler: Part = {
  name: "PgBouncer",
  words: /pgbouncer \S*\/pooler\//,
  ask: () => askDatabase(cluster?.poolerUrl ?? ""),
};

/** A busy machine takes its time to start a process. */
const patienceSeconds = 90;

export function pidsOf({ name, words }: Part): [number, ...number[]] {
  const pid = findPid(words);
  if (pid === null) throw new Error(`${name} does not run`);
  return [pid, ...withChildren(pid).slice(1)];
}

/** Waits until another process of it answers. @returns seconds that it took */
export async function untilBack({ name, words, ask }: Part, than: number): Promise<number> {
  const began = performance.now();
  for (;;) {
    const seconds = (performance.now() - began) / 1000;
    if (seconds > patienceSeconds) throw new Error(`${name} does not come back`);
    const pid = findPid(words);
    const isBack = pid !== null && pid !== than;
    if (
      isBack &&
      (await ask().then(
        () => true,
        () => false,
      ))
    )
      return seconds;
    await pause(50);
  }
}

async function askDatabase(url: string): Promise<void> {
  const { sql } = connect(url, { max: 1 });
  try {
    await sql`select 1`;
  } finally {
    await sql.end({ timeout: 1 });
  }
}

async function askHttp(url: string): Promise<void> {
  const answer = await fetch(url, { signal: AbortSignal.timeout(2_000) });
  await answer.body?.cancel();
  if (!answer.ok) throw new Error(`${url} says ${answer.status}`);
}
