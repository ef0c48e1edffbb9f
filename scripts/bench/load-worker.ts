import { readFileSync } from "node:fs";
import autocannon from "autocannon";
import { onStop } from "../lifetime.ts";
import type { Load, LoadRequest, LoadResult } from "./load.ts";
import { percentile } from "./statistics.ts";

/** Below the 1,000 after which the web process closes a connection; the client miscounts a close. */
const REQUESTS_A_CONNECTION = 900;

onStop(() => {});
const load = JSON.parse(process.argv[2] ?? "") as Load;
const requests = JSON.parse(readFileSync(load.requests, "utf8")) as LoadRequest[];
try {
  process.send?.({ result: await run() });
} catch (error) {
  process.send?.({ problem: error instanceof Error ? error.message : String(error) });
}

async function run(): Promise<LoadResult> {
  const times: number[] = [];
  let connection = 0;
  const options: autocannon.Options = {
    url: load.url,
    connections: load.connections,
    timeout: 30,
    reconnectRate: REQUESTS_A_CONNECTION,
    ...(load.until === "all-requested"
      ? { amount: requests.length }
      : { duration: load.until.seconds }),
    setupClient: (client) => {
      client.setRequests(shareOf(connection));
      connection += 1;
    },
  };
  const { errors, timeouts, non2xx, duration } = await new Promise<autocannon.Result>(
    (resolve, reject) => {
      const done = (error: unknown, result: autocannon.Result) =>
        error ? reject(error) : resolve(result);
      autocannon(options, done).on("response", (_client, _status, _bytes, milliseconds) => {
        times.push(milliseconds);
      });
    },
  );
  // Some connections are through with their share before others are.
  if (load.onceEach && times.length > requests.length * 0.9) {
    throw new Error(`${requests.length} different requests were too few for this run.`);
  }
  return {
    requestsPerSecond: times.length / duration,
    requests: times.length,
    p50: percentile(times, 0.5),
    p99: percentile(times, 0.99),
    bad: errors + timeouts + non2xx,
  };
}

/** Every n-th request is for the n-th connection, so no two ask for the same; a few are for all. */
function shareOf(connection: number): autocannon.Request[] {
  const enough = requests.length >= load.connections;
  return requests
    .filter((_, position) => !enough || position % load.connections === connection)
    .map((request) => ({ method: "GET", ...request, headers: load.headers }));
}
