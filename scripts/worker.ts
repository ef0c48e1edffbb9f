import { connect } from "#db/client.ts";
import { openTruth } from "#lib/circuits/truth.ts";
import { readConfig, requireDatabaseUrl } from "#lib/config.ts";
import { fedNodes } from "#lib/directory/feed-nodes.ts";
import { indexName } from "#lib/directory/index-name.ts";
import { standingBy } from "#lib/directory/known-nodes.ts";
import { servingNodes } from "#lib/jobs/readiness.ts";
import { measureProcess, measureQueue, measureSearchNodes } from "#lib/metrics/registry.ts";
import { listConnectors } from "#lib/registers/connectors.ts";
import { searchEngine } from "#lib/search/engine.ts";
import { searchServers } from "#lib/search/servers.ts";
import { runWorker } from "#lib/worker/run-worker.ts";
import { serveMetrics } from "./metrics/serve-metrics.ts";
import { withServices } from "./services.ts";
import { requireDatabase } from "./start/require-database.ts";
import { requireStore } from "./start/require-store.ts";

await withServices(async (_environment, signal) => {
  const config = readConfig();
  const nodes = fedNodes(config);
  const databaseUrl = requireDatabaseUrl(config);
  listConnectors(config);
  await requireStore(config);
  await requireDatabase(databaseUrl, () => {});
  measureProcess();
  // What is measured is asked on one connection, beside those of the jobs.
  const { db } = connect(databaseUrl, { max: 1 });
  measureQueue(db);
  const standing = standingBy(openTruth(databaseUrl, db));
  const engine = searchEngine(searchServers(config), indexName, standing);
  measureSearchNodes(() => servingNodes(engine));
  serveMetrics();
  await runWorker(databaseUrl, nodes, signal);
});
