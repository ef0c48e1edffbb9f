import { connect } from "#db/client.ts";
import { readConfig } from "#lib/config.ts";
import { measureProcess, measureQueue } from "#lib/metrics/registry.ts";
import { searchClient } from "#lib/search/client.ts";
import { runWorker } from "#lib/worker/run-worker.ts";
import { serveMetrics } from "./metrics/serve-metrics.ts";
import { withServices } from "./services.ts";

await withServices(async (_environment, signal) => {
  const { DATABASE_URL = "", MEILI_URL = "", MEILI_MASTER_KEY } = readConfig();
  measureProcess();
  measureQueue(connect(DATABASE_URL, { max: 1 }).db);
  serveMetrics();
  await runWorker(DATABASE_URL, searchClient({ url: MEILI_URL, apiKey: MEILI_MASTER_KEY }), signal);
});
