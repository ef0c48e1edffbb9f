import {
  type Meilisearch,
  MeilisearchApiError,
  MeilisearchRequestError,
  type MultiSearchQuery,
  type MultiSearchResult,
} from "meilisearch";
import { type Circuit, type CircuitOptions, openCircuit } from "#lib/circuits/open-circuit.ts";
import { UnavailableError, unavailablePart } from "#lib/errors.ts";
import { searchClient } from "./client.ts";
import { codeOf, markIn, markQuery, readMark } from "./mark.ts";
import type { SearchServer } from "./servers.ts";

/** One Meilisearch as readers' pages ask it, with a circuit of its own. */
export type SearchNode = { name: string; client: Meilisearch; circuit: Circuit };

/** What is known of the nodes' indexes: lib/directory/known-nodes.ts. */
export type Standing = {
  /** Whether an index with this mark was built by this release's shape, and is fed. */
  isFed: (node: string, mark: string) => Promise<boolean>;
  /** Whether changes wait for this node that others may have. */
  isBehind: (node: string) => boolean;
};

/** All nodes, for one index: any of them gives the whole answer, and never takes long. */
export type SearchEngine = {
  nodes: readonly SearchNode[];
  indexUid: string;
  standing: Standing;
  /** Goes up with each question, so that the nodes take turns. */
  asked: number;
};

export function searchEngine(
  servers: readonly SearchServer[],
  indexUid: string,
  standing: Standing,
  patience: Pick<CircuitOptions, "patienceMs" | "pauseMs"> = {},
): SearchEngine {
  const nodes = servers.map((server) => {
    const { name } = server;
    const client = searchClient(server);
    const lookAgain = async (signal: AbortSignal) => {
      if (!(await isServing({ name, client }, indexUid, standing, signal))) throw notServing();
    };
    const circuit = openCircuit({ part: "meilisearch", lookAgain, ...patience });
    return { name, client, circuit };
  });
  return { nodes, indexUid, standing, asked: 0 };
}

type Query = MultiSearchQuery & { indexUid: string };

/**
 * Has some questions answered together by one node. If that fails, the next one is asked the same.
 * @throws UnavailableError when none of them answers in time from an index that is built and fed
 */
export async function askEngine<T extends object>(
  engine: SearchEngine,
  queries: readonly Query[],
): Promise<MultiSearchResult<T>[]> {
  let trouble: unknown = notServing();
  for (const node of inTurn(engine)) {
    try {
      return await node.circuit.run((signal) => askNode<T>(node, engine, queries, signal));
    } catch (error) {
      if (unavailablePart(error) !== "meilisearch") throw error;
      trouble = error;
    }
  }
  throw trouble;
}

/** Whether a node answers from an index that readers may be shown. @throws when it does not answer */
export async function isServing(
  { name, client }: Pick<SearchNode, "name" | "client">,
  indexUid: string,
  standing: Standing,
  signal: AbortSignal,
): Promise<boolean> {
  const mark = await readMark(client, indexUid, { signal });
  return mark !== null && standing.isFed(name, mark);
}

/** Another one first each time; those that are behind last. */
function inTurn(engine: SearchEngine): SearchNode[] {
  const { nodes, standing } = engine;
  const start = engine.asked % Math.max(1, nodes.length);
  engine.asked += 1;
  const turned = [...nodes.slice(start), ...nodes.slice(0, start)];
  const behind = turned.filter(({ name }) => standing.isBehind(name));
  return [...turned.filter((node) => !behind.includes(node)), ...behind];
}

async function askNode<T extends object>(
  node: SearchNode,
  { indexUid, standing }: SearchEngine,
  queries: readonly Query[],
  signal: AbortSignal,
): Promise<MultiSearchResult<T>[]> {
  const asked = { queries: [markQuery(indexUid), ...queries] };
  try {
    const { results } = await node.client.multiSearch<typeof asked, T>(asked, { signal });
    const [marked, ...found] = results;
    const mark = markIn(marked);
    if (mark === null || !(await standing.isFed(node.name, mark))) throw notServing();
    return found;
  } catch (error) {
    if (!(error instanceof MeilisearchRequestError)) throw error;
    const refusal = error.cause instanceof MeilisearchApiError ? error.cause : null;
    const ours = () => isServing(node, indexUid, standing, signal).catch(() => false);
    // A question that our own index does not understand is a defect of ours, and no reason to ask
    // no more; a foreign index understands none.
    if (refusal !== null && !cannotAnswer(refusal) && (await ours())) throw refusal;
    throw new UnavailableError("meilisearch", { cause: error });
  }
}

function notServing(): UnavailableError {
  return new UnavailableError("meilisearch");
}

const ownTrouble = ["index_not_found", "invalid_api_key", "missing_authorization_header"];

/** Its own trouble: it has lost its data or our key, or is at its end. */
function cannotAnswer(refusal: MeilisearchApiError): boolean {
  const { status } = refusal.response;
  return status >= 500 || status === 429 || ownTrouble.includes(codeOf(refusal));
}
