import { bulkhead, isBulkheadRejectedError } from "cockatiel";
import { sql } from "drizzle-orm";
import type { Db } from "#db/client.ts";
import type { Truth } from "#lib/circuits/truth.ts";
import { UnavailableError } from "#lib/errors.ts";
import { askForReader } from "./ask-for-reader.ts";
import { type EntryCriteria, entriesQuery, looseningQuery } from "./entries-query.ts";
import type { Counts, Found } from "./found.ts";
import { type Vocabulary, wordQuery } from "./free-words.ts";
import type { CardView } from "./index-document.ts";
import { type ResolvedCriteria, waysToLoosen } from "./index-query.ts";
import { areEntriesOutdated } from "./rebuild-entries.ts";
import { type FacetKey, facetKeys } from "./schema.ts";
import { isTooSlow } from "./too-slow.ts";
import { vocabularyIn } from "./vocabulary.ts";

/** Postgres gives up before the circuit does: a hard search is no sign that it is away. */
const statementMs = 3_000;
const patienceMs = 5_000;

/** Each candidate has dozens of terms: to count those of more would take longer than a search may. */
const MOST_COUNTED = 30_000;

/** Searches that Postgres does at a time, and those that wait; editors and moderators need it too. */
const room = bulkhead(4, 60);

/**
 * The search while the engine is away: the same answer from Postgres, where it costs more.
 * @throws UnavailableError when Postgres does not answer, has too much to do, or has no entries yet
 */
export async function searchEntries(
  criteria: ResolvedCriteria,
  { today, stamp }: { today: string; stamp: string | null },
  truth: Truth,
  mostCounted = MOST_COUNTED,
): Promise<Found> {
  // A small question first, which need not be waited for as long as a search.
  const { given: isFilled } = await askForReader(
    async (db) => !(await areEntriesOutdated(db)),
    { stamp },
    truth,
  );
  if (!isFilled) throw new UnavailableError("meilisearch");
  try {
    const question = (db: Db) => search(criteria, { today, mostCounted }, db);
    const ask = () => askForReader(question, { stamp, patienceMs }, truth);
    return (await room.execute(ask)).given;
  } catch (error) {
    if (!isBulkheadRejectedError(error) && !isTooSlow(error)) throw error;
    throw new UnavailableError("postgres", { cause: error });
  }
}

async function search(
  criteria: ResolvedCriteria,
  { today, mostCounted }: { today: string; mostCounted: number },
  db: Db,
): Promise<Found> {
  const vocabulary = criteria.q === "" ? noWords : await vocabularyIn(db);
  return db.transaction(async (tx) => {
    await tx.execute(sql.raw(`set local statement_timeout = ${statementMs}`));
    const asked = withWords(criteria, vocabulary);
    const [row] = await tx.execute<Row>(entriesQuery(asked, today, mostCounted));
    if (row === undefined) throw new Error("Postgres left out the results");
    const { total, accepting, cards } = row;
    const facets = row.terms && facetsOf(row.terms);
    // A room elsewhere is no format where the reader will be.
    if (facets && row.formats) facets.format = row.formats;
    const loosen = total === 0 ? await loosening(criteria, { today, vocabulary }, tx) : [];
    return { total, accepting, cards, facets, loosen };
  });
}

type Row = {
  total: number;
  accepting: number;
  /** Null where there were too many to count. */
  terms: Counts | null;
  /** Null without a region. */
  formats: Counts | null;
  cards: CardView[];
};

const noWords: Vocabulary = new Map();

function withWords({ q, ...criteria }: ResolvedCriteria, vocabulary: Vocabulary): EntryCriteria {
  return { ...criteria, words: q === "" ? null : wordQuery(q, vocabulary) };
}

/** `{"modality:emdr": 3}` -> `{modality: {emdr: 3}}` */
function facetsOf(terms: Counts): Record<FacetKey, Counts> {
  const facets = Object.fromEntries(facetKeys.map((key) => [key, {}])) as Record<
    FacetKey,
    Record<string, number>
  >;
  for (const [term, count] of Object.entries(terms)) {
    const end = term.indexOf(":");
    facets[term.slice(0, end) as FacetKey][term.slice(end + 1)] = count;
  }
  return facets;
}

async function loosening(
  criteria: ResolvedCriteria,
  { today, vocabulary }: { today: string; vocabulary: Vocabulary },
  db: Db,
): Promise<Found["loosen"]> {
  const ways = waysToLoosen(criteria);
  if (ways.length === 0) return [];
  const asked = ways.map(({ criteria: loose, leaveOut }) => ({
    criteria: withWords(loose, vocabulary),
    leaveOut,
  }));
  const [row] = await db.execute<{ totals: number[] }>(looseningQuery(asked, today));
  return ways
    .map(({ key }, position) => ({ key, total: row?.totals[position] ?? 0 }))
    .filter(({ total }) => total > 0)
    .sort((a, b) => b.total - a.total);
}
