import type { Meilisearch } from "meilisearch";
import { SetupError } from "#lib/errors.ts";
import { searchClient } from "#lib/search/client.ts";
import { config } from "./site.ts";

let client: Meilisearch | undefined;

/** The process's one connection pool to Meilisearch. */
export function searchServer(): Meilisearch {
  if (!config.MEILI_URL) throw new SetupError("MEILI_URL is not set");
  client ??= searchClient({ url: config.MEILI_URL, apiKey: config.MEILI_MASTER_KEY });
  return client;
}
