import { readConfig, requireDatabaseUrl } from "#lib/config.ts";
import { fedNodes } from "#lib/directory/feed-nodes.ts";
import { measureProcess, measureQueue } from "#lib/metrics/registry.ts";
import { runWorker } from "#lib/worker/run-worker.ts";
import { serveMetrics } from "./metrics/serve-metrics.ts";
import { withServices } from "./services.ts";

await withServices(async (_environment, signal) => {
  const config = readConfig();
  const nodes = fedNodes(config);
  measureProcess();
  measureQueue();
  serveMetrics();
  await runWorker(requireDatabaseUrl(config), nodes, signal);
});
