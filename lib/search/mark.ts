import { type Meilisearch, MeilisearchApiError, MeilisearchRequestError } from "meilisearch";

const markId = "parasol-mark";

/**
 * Every index that we built holds one document more, which no search of readers finds: the mark of its
 * build. It is swapped in and lost together with the rest, so it says for certain which index answers.
 */
export function markDocument(mark: string) {
  return { id: markId, therapistId: markId, mark };
}

export function isMarkDocument({ id }: { id: string }): boolean {
  return id === markId;
}

/** Asks for the mark in the very request that the answer comes by. */
export function markQuery(indexUid: string) {
  const filter = [`therapistId = "${markId}"`];
  return { indexUid, filter, attributesToRetrieve: ["mark"], limit: 1 };
}

/** The mark in the answer to `markQuery`; null when the index has none. */
export function markIn(answer: { hits: readonly object[] } | undefined): string | null {
  const [found] = (answer?.hits ?? []) as { mark?: unknown }[];
  return typeof found?.mark === "string" ? found.mark : null;
}

/**
 * The mark of an index, asked for alone; null when there is no such index, or it is none of ours.
 * @throws when the node does not answer, or refuses us
 */
export async function readMark(
  client: Meilisearch,
  indexUid: string,
  init: { signal?: AbortSignal } = {},
): Promise<string | null> {
  try {
    const { results } = await client.multiSearch({ queries: [markQuery(indexUid)] }, init);
    return markIn(results[0]);
  } catch (error) {
    if (notOurs.includes(codeOf(error))) return null;
    throw error;
  }
}

const notOurs = ["index_not_found", "invalid_search_filter"];

/** Meilisearch's own word for why it refused; "" when it did not answer at all. */
export function codeOf(error: unknown): string {
  const inner = error instanceof MeilisearchRequestError ? error.cause : error;
  return inner instanceof MeilisearchApiError ? (inner.cause?.code ?? "") : "";
}
