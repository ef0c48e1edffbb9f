import { type Meilisearch, MeilisearchApiError, MeilisearchRequestError } from "meilisearch";
import { type Circuit, type CircuitOptions, openCircuit } from "#lib/circuits/open-circuit.ts";
import { UnavailableError } from "#lib/errors.ts";

/** Meilisearch as readers' pages ask it: one index, and never long. */
export type SearchEngine = { client: Meilisearch; indexUid: string; circuit: Circuit };

export function searchEngine(
  client: Meilisearch,
  indexUid: string,
  patience: Pick<CircuitOptions, "patienceMs" | "pauseMs"> = {},
): SearchEngine {
  // What readers ask, and not whether the process is well: an engine can be well without its index.
  const lookAgain = (signal: AbortSignal) =>
    translating(client.index(indexUid).search("", { limit: 0 }, { signal }));
  const circuit = openCircuit({ part: "meilisearch", lookAgain, ...patience });
  return { client, indexUid, circuit };
}

/**
 * Has one conversation with the engine.
 * @throws UnavailableError when it does not answer in time, or cannot
 */
export function asking<T>(
  { client, circuit }: SearchEngine,
  conversation: (client: Meilisearch, init: { signal: AbortSignal }) => Promise<T>,
): Promise<T> {
  return circuit.run((signal) => translating(conversation(client, { signal })));
}

async function translating<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    if (!(error instanceof MeilisearchRequestError)) throw error;
    const refusal = error.cause instanceof MeilisearchApiError ? error.cause : null;
    // A question that it does not understand is a defect of ours, and no reason to ask no more.
    if (refusal !== null && !cannotAnswer(refusal)) throw refusal;
    throw new UnavailableError("meilisearch", { cause: error });
  }
}

const ownTrouble = ["index_not_found", "invalid_api_key", "missing_authorization_header"];

/** Its own trouble: it has lost its data or our key, or is at its end. */
function cannotAnswer({ response, cause }: MeilisearchApiError): boolean {
  return (
    response.status >= 500 || response.status === 429 || ownTrouble.includes(cause?.code ?? "")
  );
}
