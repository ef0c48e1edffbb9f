import { readConfig } from "#lib/config.ts";
import { measureProcess, measureQueue } from "#lib/metrics/registry.ts";
import { listConnectors } from "#lib/registers/connectors.ts";
import { searchClient } from "#lib/search/client.ts";
import { runWorker } from "#lib/worker/run-worker.ts";
import { serveMetrics } from "./metrics/serve-metrics.ts";
import { withServices } from "./services.ts";
import { requireDatabase } from "./start/require-database.ts";
import { requireStore } from "./start/require-store.ts";

await withServices(async (_environment, signal) => {
  const config = readConfig();
  const { DATABASE_URL = "", MEILI_URL = "", MEILI_MASTER_KEY } = config;
  listConnectors(config);
  await requireStore(config);
  await requireDatabase(DATABASE_URL, () => {});
  measureProcess();
  measureQueue();
  serveMetrics();
  await runWorker(DATABASE_URL, searchClient({ url: MEILI_URL, apiKey: MEILI_MASTER_KEY }), signal);
});
