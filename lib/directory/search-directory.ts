import type { Db } from "#db/client.ts";
import { primaryTruth, type Truth } from "#lib/circuits/truth.ts";
import { unavailablePart } from "#lib/errors.ts";
import { lookUpPlace, type Place, type PlaceLookup } from "#lib/places/queries.ts";
import type { SearchEngine } from "#lib/search/engine.ts";
import { askWithoutPrimary } from "./ask-for-reader.ts";
import type { Found } from "./found.ts";
import type { CardView } from "./index-document.ts";
import type { ResolvedCriteria } from "./index-query.ts";
import { lastHeard } from "./last-heard.ts";
import { type Criteria, maxPage, pageSize } from "./schema.ts";
import { searchEntries } from "./search-entries.ts";
import { searchIndex } from "./search-index.ts";
import { visibleAmong } from "./visible-among.ts";

export type DirectoryPage = Found & {
  pages: number;
  place: Place | null;
  /** Other places of that name, for a reader who meant one of them. */
  otherPlaces: readonly Place[];
  /** Set when `where` named no single place. */
  placeProblem: Exclude<PlaceLookup, { kind: "found" }> | null;
  /** What a reader should know of how this was found; null when all is as it should be. */
  trouble: Trouble | null;
};

/** The engine is away, and Postgres searched; or Postgres is, and this is as of then. */
export type Trouble = { kind: "simpler" } | { kind: "older"; asOf: Date };

/** When a reader asked, and what the directory stood at then (`visibleAmong`). */
export type Moment = { today: string; stamp: string | null };

/**
 * What a person asked for -> what is found. Either of engine and Postgres may be away.
 * @throws UnavailableError when neither answers, or who was hidden lately is not known
 */
export async function searchDirectory(
  criteria: Criteria,
  moment: Moment,
  engine: SearchEngine,
  truth: Truth = primaryTruth(),
): Promise<DirectoryPage> {
  const lookup = criteria.where ? await lookUpPlace(criteria.where, criteria.region) : null;
  const place = lookup?.kind === "found" ? lookup.place : null;
  const { found, simpler } = await search({ ...criteria, place }, moment, engine, truth);
  const { cards, asOf } = await stillVisible(found.cards, moment, truth);
  const older: Trouble | null = asOf && { kind: "older", asOf };
  return {
    ...found,
    cards,
    pages: Math.min(maxPage, Math.ceil(found.total / pageSize)),
    place,
    otherPlaces: lookup?.kind === "found" ? (lookup.others ?? []) : [],
    placeProblem: lookup === null || lookup.kind === "found" ? null : lookup,
    trouble: older ?? (simpler ? { kind: "simpler" } : null),
  };
}

async function search(
  criteria: ResolvedCriteria,
  moment: Moment,
  engine: SearchEngine,
  truth: Truth,
): Promise<{ found: Found; simpler: boolean }> {
  try {
    return { found: await searchIndex(criteria, moment.today, engine), simpler: false };
  } catch (error) {
    if (unavailablePart(error) !== "meilisearch") throw error;
    return { found: await searchEntries(criteria, moment, truth), simpler: true };
  }
}

/**
 * Both indexes can be behind, and so can a replica; who may be seen is decided by the primary. While
 * it is away, by a replica that has what this process last heard, and by what it heard alone.
 */
async function stillVisible(
  cards: readonly CardView[],
  { today, stamp }: Moment,
  truth: Truth,
): Promise<{ cards: CardView[]; asOf: Date | null }> {
  const ids = cards.map((card) => card.therapistId);
  try {
    const visible = await truth.circuit.run(() => visibleAmong(ids, today, stamp, truth.db));
    return { cards: cards.filter((card) => visible.has(card.therapistId)), asOf: null };
  } catch (error) {
    const heard = lastHeard();
    if (unavailablePart(error) !== "postgres" || heard === null) throw error;
    const copied = await visibleInReplica(ids, today, truth);
    const shown = cards.filter(
      ({ therapistId: id }) => !heard.hidden.has(id) && (copied === null || copied.has(id)),
    );
    return { cards: shown, asOf: heard.at };
  }
}

/** Null when no replica can say. */
async function visibleInReplica(
  ids: readonly string[],
  today: string,
  truth: Truth,
): Promise<Set<string> | null> {
  const question = (db: Db) => visibleAmong(ids, today, null, db);
  const answer = await askWithoutPrimary(question, truth);
  return answer?.given ?? null;
}
