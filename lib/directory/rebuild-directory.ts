import type { Db } from "#db/client.ts";
import { type FedNode, feedNodes } from "./feed-nodes.ts";
import { indexName } from "./index-name.ts";
import { rebuildEntries } from "./rebuild-entries.ts";
import { type Built, rebuildNode } from "./rebuild-node.ts";

export type NodeOutcome = { node: string } & ({ built: Built } | { error: unknown });

/**
 * Builds the entries in Postgres and the index of every node anew, the nodes side by side: one that
 * fails does not stop the others.
 * @param onProgress told the therapists read so far, for each node
 */
export async function rebuildDirectory(
  nodes: readonly FedNode[],
  db: Db,
  onProgress: (node: string, done: number) => void = () => {},
  indexUid = indexName,
): Promise<NodeOutcome[]> {
  await feedNodes(nodes, indexUid, db);
  await rebuildEntries(db);
  return Promise.all(
    nodes.map(async (node) => {
      const tell = (done: number) => onProgress(node.name, done);
      return rebuildNode(node, db, tell, indexUid).then(
        (built) => ({ node: node.name, built }),
        (error: unknown) => ({ node: node.name, error }),
      );
    }),
  );
}
