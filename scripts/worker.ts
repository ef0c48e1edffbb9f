import { readConfig } from "#lib/config.ts";
import { searchClient } from "#lib/search/client.ts";
import { runWorker } from "#lib/worker/run-worker.ts";
import { withServices } from "./services.ts";

await withServices(async (_environment, signal) => {
  const { DATABASE_URL = "", MEILI_URL = "", MEILI_MASTER_KEY } = readConfig();
  await runWorker(DATABASE_URL, searchClient({ url: MEILI_URL, apiKey: MEILI_MASTER_KEY }), signal);
});
