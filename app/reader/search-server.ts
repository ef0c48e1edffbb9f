import { indexName } from "#lib/directory/index-directory.ts";
import { SetupError } from "#lib/errors.ts";
import { searchClient } from "#lib/search/client.ts";
import { type SearchEngine, searchEngine } from "#lib/search/engine.ts";
import { config } from "./site.ts";

let engine: SearchEngine | undefined;

/** The process's one connection pool to Meilisearch, with its one circuit. */
export function searchServer(): SearchEngine {
  if (!config.MEILI_URL) throw new SetupError("MEILI_URL is not set");
  engine ??= searchEngine(
    searchClient({ url: config.MEILI_URL, apiKey: config.MEILI_MASTER_KEY }),
    indexName,
  );
  return engine;
}
