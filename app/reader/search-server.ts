import { indexName } from "#lib/directory/index-name.ts";
import { standingBy } from "#lib/directory/known-nodes.ts";
import { SetupError } from "#lib/errors.ts";
import { type SearchEngine, searchEngine } from "#lib/search/engine.ts";
import { searchServers } from "#lib/search/servers.ts";
import { config } from "./site.ts";

let engine: SearchEngine | undefined;

/** The process's connections to every search node, with a circuit for each. */
export function searchServer(): SearchEngine {
  if (!config.MEILI_URL) throw new SetupError("MEILI_URL is not set");
  engine ??= searchEngine(searchServers(config), indexName, standingBy());
  return engine;
}
