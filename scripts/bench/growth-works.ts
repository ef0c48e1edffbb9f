import { sql } from "drizzle-orm";
import type { Db } from "#db/client.ts";
import { listEvents } from "#lib/auditing/queries.ts";
import type { Actor } from "#lib/auth/rules.ts";
import { remindOfExpiry } from "#lib/availability/remind-of-expiry.ts";
import { remindOpenings } from "#lib/availability/remind-openings.ts";
import { listColleagues } from "#lib/cases/queries.ts";
import { openTruth, type Truth } from "#lib/circuits/truth.ts";
import { noteConflicts } from "#lib/credentials/save-credential.ts";
import { countByRegion } from "#lib/directory/count-by-region.ts";
import { indexName } from "#lib/directory/index-name.ts";
import { countQueries, type ResolvedCriteria, resultsQuery } from "#lib/directory/index-query.ts";
import { standingBy } from "#lib/directory/known-nodes.ts";
import { listHidden } from "#lib/directory/list-hidden.ts";
import { reindexTherapistAt } from "#lib/directory/reindex-therapist.ts";
import { searchEntries } from "#lib/directory/search-entries.ts";
import { searchIndex } from "#lib/directory/search-index.ts";
import { directoryStamp } from "#lib/directory/version.ts";
import { visibleAmong } from "#lib/directory/visible-among.ts";
import { UnavailableError } from "#lib/errors.ts";
import { countConnections, countJobs, countMails } from "#lib/metrics/queries.ts";
import { getPublicNumbers } from "#lib/numbers/queries.ts";
import { lookUpPlace } from "#lib/places/queries.ts";
import { getPublicProfile } from "#lib/profiles/queries.ts";
import { countUnconfirmed, listUnconfirmed } from "#lib/registers/unconfirmed.ts";
import { listHoldings } from "#lib/retention/queries.ts";
import { type SearchEngine, searchEngine } from "#lib/search/engine.ts";
import { searchServers } from "#lib/search/servers.ts";
import { readCadence } from "#lib/vetting/cadence.ts";
import { todayUtc } from "#lib/vetting/rules.ts";
import { listLooks, listWatched } from "#lib/watching/queries.ts";
import { dueLooks } from "#lib/watching/rules.ts";
import { keptSecret } from "../engines/data-dir.ts";
import type { BenchDirectory } from "./directory.ts";
import { drawSearches } from "./draw-searches.ts";
import { take } from "./targets.ts";

/** A directory, and what the works on it need. */
export type Grown = BenchDirectory & {
  engine: SearchEngine;
  truth: Truth;
  searches: readonly ResolvedCriteria[];
  lead: Actor;
};

export type Work<D extends Grown = Grown> = {
  name: string;
  /** What its cost may grow with. */
  grows: "not" | "with all";
  /** Runs in each round. */
  runs: number;
  needsEngine?: true;
  /** Goes through everyone: done once, whatever the rounds. */
  long?: true;
  /** @param at counts the runs, from 0 */
  run: (directory: D, at: number) => Promise<unknown>;
};

const today = todayUtc();
const someone = ({ documents }: Grown, at: number) => {
  const found = documents[(at * 7_919) % documents.length];
  if (!found) throw new Error("nobody is in this directory");
  return found;
};

export const growthWorks: readonly Work[] = [
  {
    name: "raw engine: those searches",
    needsEngine: true,
    grows: "with all",
    runs: 60,
    run: ({ searches, search }, at) =>
      search.multiSearch({ queries: queriesOf(nth(searches, at)) }),
  },
  {
    name: "search, engine",
    needsEngine: true,
    grows: "with all",
    runs: 60,
    run: ({ searches, engine }, at) => searchIndex(nth(searches, at), today, engine),
  },
  {
    name: "search, Postgres",
    grows: "with all",
    runs: 20,
    run: ({ searches, truth }, at) =>
      searchEntries(nth(searches, at), { today, stamp: null }, truth),
  },
  {
    name: "counts by region",
    needsEngine: true,
    grows: "with all",
    runs: 5,
    run: ({ engine }) => countByRegion(today, engine),
  },
  {
    name: "raw Postgres: the least question",
    grows: "not",
    runs: 60,
    run: ({ postgres }) => postgres.sql`select 1`,
  },
  {
    name: "state of the directory",
    grows: "not",
    runs: 60,
    run: ({ truth }) => directoryStamp(truth),
  },
  {
    name: "who is hidden",
    grows: "not",
    runs: 10,
    run: ({ postgres }) => listHidden(today, postgres.db),
  },
  {
    name: "who of 12 may be seen",
    grows: "not",
    runs: 30,
    run: (directory, at) => {
      const ids = Array.from({ length: 12 }, (_, i) => someone(directory, at * 12 + i).therapistId);
      return visibleAmong(ids, today, null, directory.postgres.db);
    },
  },
  {
    name: "profile, first visit",
    grows: "not",
    runs: 60,
    run: (directory, at) =>
      getPublicProfile(someone(directory, at).slug, today, directory.postgres.db),
  },
  {
    name: "raw engine: one document",
    needsEngine: true,
    grows: "not",
    runs: 3,
    run: (directory, at) =>
      directory.search
        .index(indexName)
        .addDocuments([someone(directory, at)])
        .waitTask(patiently),
  },
  {
    name: "one profile into the index",
    needsEngine: true,
    grows: "not",
    runs: 3,
    run: (directory, at) =>
      reindexTherapistAt(directory.node, someone(directory, at).therapistId, directory.postgres.db),
  },
  {
    name: "a number held against others",
    grows: "not",
    runs: 10,
    run: (directory, at) => undone(directory, (tx) => holdNumber(directory, at, tx)),
  },
  {
    name: "colleagues of a moderator",
    grows: "not",
    runs: 10,
    run: (directory, at) =>
      listColleagues(directory.lead, someone(directory, at).therapistId, directory.postgres.db),
  },
  {
    name: "audit page",
    grows: "not",
    runs: 10,
    run: ({ lead, postgres }) => listEvents(lead, { filters: noFilters, before: 0 }, postgres.db),
  },
  {
    name: "numbers page",
    grows: "not",
    runs: 10,
    run: ({ postgres }) => getPublicNumbers(null, today, postgres.db),
  },
  {
    name: "metrics",
    grows: "not",
    runs: 10,
    run: async ({ postgres: { db } }) => {
      await Promise.all([countJobs(db), countMails(db), countConnections(db)]);
    },
  },
  {
    name: "exclusions: how many",
    grows: "not",
    runs: 1,
    run: ({ lead, postgres }) => countUnconfirmed(lead, today, postgres.db),
  },
  {
    name: "exclusions: the next 500",
    grows: "not",
    runs: 1,
    run: ({ lead, postgres }) => listUnconfirmed(lead, today, postgres.db, { most: 500 }),
  },
  {
    name: "daily: what is due",
    long: true,
    grows: "with all",
    runs: 1,
    run: ({ postgres }) => lookForDue(postgres.db),
  },
  {
    name: "daily: who is silent",
    long: true,
    grows: "with all",
    runs: 1,
    run: ({ postgres }) => remindOpenings(today, postgres.db),
  },
  {
    name: "daily: what ends",
    long: true,
    grows: "with all",
    runs: 1,
    run: ({ postgres }) => remindOfExpiry(today, postgres.db),
  },
  {
    name: "what is held",
    long: true,
    grows: "with all",
    runs: 1,
    run: ({ postgres }) => listHoldings(new Date(), postgres.db),
  },
];
const patiently = { timeout: 0, interval: 20 };
const noFilters = { verb: null, who: null, kind: null, subject: null, from: null, to: null };

export async function prepareGrown(directory: BenchDirectory): Promise<Grown> {
  const { postgres, engines, documents, dataDir } = directory;
  // Reminders are sealed, and their links need an address; none of them is ever sent.
  process.env.MASTER_KEY ||= keptSecret(dataDir, "master.key");
  process.env.SITE_URL ||= "https://directory.example";
  const [lead] = await postgres.sql<{ id: string }[]>`
    insert into people (email, roles) values ('bench@lead.example', '{lead,moderator}')
    on conflict (email) do update set email = excluded.email returning id`;
  const searches = await Promise.all(
    take(drawSearches(documents), 2_000).map(async ({ where, ...search }) => {
      const found = where ? await lookUpPlace(where, search.region) : null;
      return { ...search, place: found?.kind === "found" ? found.place : null };
    }),
  );
  const patience = { patienceMs: 60_000 };
  const truth = openTruth(engines.databaseUrl, postgres.db, patience);
  const servers = searchServers({
    MEILI_URL: engines.meiliUrl,
    MEILI_MASTER_KEY: engines.meiliMasterKey,
  });
  return {
    ...directory,
    engine: searchEngine(servers, indexName, standingBy(truth), patience),
    truth,
    searches,
    lead: { personId: lead?.id ?? "", roles: ["lead", "moderator"] },
  };
}

/** Too slow is a measurement too. */
export function isGivenUp(error: unknown): boolean {
  return error instanceof UnavailableError;
}

function queriesOf(search: ResolvedCriteria) {
  const counts = countQueries(search, today, indexName).map(({ query }) => query);
  return [resultsQuery(search, today, indexName), ...counts];
}

function nth<T>(list: readonly T[], at: number): T {
  return list[at % list.length] as T;
}

async function holdNumber(directory: Grown, at: number, tx: Db): Promise<void> {
  const { therapistId } = someone(directory, at);
  const [held] = await tx.execute<{ id: string }>(
    sql`select id from credentials where therapist_id = ${therapistId} order by id limit 1`,
  );
  if (held)
    await noteConflicts(held.id, { therapistId } as Parameters<typeof noteConflicts>[1], tx);
}

/** What `openDueCases` reads of everyone; what it then opens is as much as there is to do. */
async function lookForDue(db: Db): Promise<number> {
  const rhythm = { today, cadence: readCadence(), listIsRead: true };
  let due = 0;
  for (let after = ""; ; ) {
    const batch = await listWatched({ after, most: 200 }, db);
    const last = batch.at(-1);
    if (!last) return due;
    const looks = Map.groupBy(await listLooks(batch, db), ({ therapistId }) => therapistId);
    for (const one of batch) due += dueLooks(one, looks.get(one.id) ?? [], rhythm).length;
    after = last.id;
  }
}

class Undo extends Error {}

/** Does something for its cost, and leaves everything as it was. */
export async function undone(
  { postgres }: Pick<BenchDirectory, "postgres">,
  work: (tx: Db) => Promise<unknown>,
): Promise<void> {
  try {
    await postgres.db.transaction(async (tx) => {
      await work(tx);
      throw new Undo();
    });
  } catch (error) {
    if (!(error instanceof Undo)) throw error;
  }
}
