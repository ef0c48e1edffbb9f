import { requireKnownPooler } from "#lib/circuits/require-known-pooler.ts";
import { type Config, requireDatabaseUrl } from "#lib/config.ts";
import { SetupError } from "#lib/errors.ts";
import { listConnectors } from "#lib/registers/connectors.ts";
import { type SearchServer, searchServers } from "#lib/search/servers.ts";
import { isFree } from "../engines/free-port.ts";
import { reasonOf, settingFault } from "../engines/outside-faults.ts";
import { askSearch } from "../engines/outside-search.ts";
import { cannotListen } from "../up/port.ts";
import { explain } from "../up/print.ts";
import { requireDatabase, requireDatabaseLater } from "./require-database.ts";
import { requireStore } from "./require-store.ts";

type Say = (line: string) => void;

/**
 * What a web process stands on, looked at before it serves: what somebody has to correct ends it in
 * words, with 1. A part that is away just now does not: readers can do without either
 * (docs/decisions/0028), and Postgres is looked at as soon as it answers.
 */
export async function requireParts(config: Config, say: Say): Promise<void> {
  try {
    const url = requireDatabaseUrl(config);
    if (!config.MEILI_URL) throw new SetupError(noSearch);
    listConnectors(config);
    await requirePort(config);
    await requireStore(config);
    await requireSearch(searchServers(config), say);
    await requireKnownPooler(config).catch((error: unknown) => {
      throw settingFault("Postgres", "DATABASE_URL", url, error) ?? error;
    });
    const silence = await requireDatabase(url, say);
    if (silence === null) return;
    say(`Postgres at ${new URL(url).host}: ${silence}. Pages are served as soon as it answers.`);
    requireDatabaseLater(url, say).catch(endWith);
  } catch (error) {
    endWith(error);
  }
}

/** Before the long part of the start. Whoever takes it in between is met when we listen. */
async function requirePort({ PORT, HOST }: Config): Promise<void> {
  const free = await isFree(PORT, HOST).catch((error: NodeJS.ErrnoException) => {
    throw new SetupError(cannotListen({ PORT, HOST }, error.code));
  });
  if (!free) throw new SetupError(cannotListen({ PORT, HOST }, "EADDRINUSE"));
}

/** One node that takes our key is enough; when none does, somebody has to correct it. */
async function requireSearch(servers: readonly SearchServer[], say: Say): Promise<void> {
  const refusals = await Promise.all(
    servers.map(async (server) => {
      try {
        await askSearch(server);
        return null;
      } catch (error) {
        if (error instanceof SetupError) return error;
        say(`Meilisearch at ${server.name}: ${reasonOf(error)}. The others or Postgres search.`);
        return null;
      }
    }),
  );
  if (refusals.every((refusal) => refusal !== null)) throw refusals[0];
  for (const refusal of refusals) if (refusal) say(refusal.message);
}

function endWith(error: unknown): never {
  console.error(explain(error));
  process.exit(1);
}

const noSearch =
  "MEILI_URL is not set.\n  Start everything with `npm run up`, or set it, for example\n  MEILI_URL=http://127.0.0.1:7700";
