import type { TaskList } from "graphile-worker";
import { z } from "zod";
import type { Db } from "#db/client.ts";
import { type FedNode, marksOf } from "#lib/directory/feed-nodes.ts";
import { indexName } from "#lib/directory/index-name.ts";
import { rebuildNode } from "#lib/directory/rebuild-node.ts";
import { reindexTherapistAt } from "#lib/directory/reindex-therapist.ts";
import { nodeTasks } from "#lib/jobs/node-jobs.ts";
import { log } from "#lib/logs/log.ts";
import { NodeError } from "#lib/search/node-trouble.ts";

const therapist = z.object({ therapistId: z.string().min(1) });

/** What is done at one search node. A job for one that was taken out meanwhile has nothing to do. */
export function tasksAt(node: FedNode, db: Db, indexUid = indexName): TaskList {
  const isFed = async () => (await marksOf(node.name, db)) !== null;
  return {
    [nodeTasks.write(node.name)]: async (payload) => {
      const { therapistId } = therapist.parse(payload);
      if (await isFed()) await reindexTherapistAt(node, therapistId, db, indexUid);
    },
    [nodeTasks.rebuild(node.name)]: async () => {
      if (await isFed()) await rebuildNode(node, db, () => {}, indexUid).catch(tellWhy(node.name));
    },
  };
}

/** A job's own error is told without its words; these are ours, and say what to do. */
function tellWhy(node: string) {
  return (error: unknown): never => {
    if (error instanceof NodeError) {
      log("warn", `a search node cannot be used: ${error.message}`, { part: "worker", node });
    }
    throw error;
  };
}
