import { type Config, requireDatabaseUrl } from "#lib/config.ts";
import { SetupError } from "#lib/errors.ts";
import { listConnectors } from "#lib/registers/connectors.ts";
import { isFree } from "../engines/free-port.ts";
import { reasonOf } from "../engines/outside-faults.ts";
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
    await requireSearch(config.MEILI_URL, config.MEILI_MASTER_KEY, say);
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

async function requireSearch(url: string, key: string | undefined, say: Say): Promise<void> {
  try {
    await askSearch(url, key);
  } catch (error) {
    if (error instanceof SetupError) throw error;
    say(`Meilisearch at ${new URL(url).host}: ${reasonOf(error)}. Postgres searches meanwhile.`);
  }
}

function endWith(error: unknown): never {
  console.error(explain(error));
  process.exit(1);
}

const noSearch =
  "MEILI_URL is not set.\n  Start everything with `npm run up`, or set it, for example\n  MEILI_URL=http://127.0.0.1:7700";
