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
  let next = 0;
  const counted = autocannon({
    url: load.url,
    connections: load.connections,
    timeout: 30,
    reconnectRate: REQUESTS_A_CONNECTION,
    ...(load.until === "all-requested"
      ? { amount: requests.length }
      : { duration: load.until.seconds }),
    setupClient: (client) => {
      client.setRequests(shareOf(next));
      next += 1;
    },
  });
  counted.on("response", (_client, _status, _bytes, milliseconds) => times.push(milliseconds));
  const { errors, timeouts, non2xx, duration } = await counted;
  if (load.onceEach && times.length > requests.length - load.connections) {
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

/** Every n-th request is for the n-th connection, so no two ask for the same. */
function shareOf(connection: number): autocannon.Request[] {
  return requests
    .filter((_, position) => position % load.connections === connection)
    .map((request) => ({ method: "GET", ...request, headers: load.headers }));
}
