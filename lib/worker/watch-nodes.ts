import type { Db } from "#db/client.ts";
import { type FedNode, marksOf } from "#lib/directory/feed-nodes.ts";
import { documentShape } from "#lib/directory/index-document.ts";
import { isOurShape, shapeOfMark } from "#lib/directory/index-mark.ts";
import { unavailablePart } from "#lib/errors.ts";
import { dropNeedlessNodeJobs, enqueueMissingBuild, hurryNodeJobs } from "#lib/jobs/node-jobs.ts";
import { log, logDefect } from "#lib/logs/log.ts";
import { readMark } from "#lib/search/mark.ts";
import { nodeTrouble } from "#lib/search/node-trouble.ts";

const part = "worker";
const patienceMs = 2_000;

type Watch = { indexUid: string; everyMs: number; signal: AbortSignal };

/**
 * Looks after the nodes until the signal: one that comes back has what waits for it done at once, and
 * one whose index may not be read gets its build. Settles after the first look at each.
 */
export async function watchNodes(
  nodes: readonly FedNode[],
  db: Db,
  { indexUid, everyMs, signal }: Watch,
): Promise<void> {
  await Promise.all(
    nodes.map(async (node) => {
      let before: State | null = null;
      const look = async () => {
        before = await lookAt(node, before, indexUid, db).catch((error: unknown) => {
          // While Postgres is away the next look tries again.
          if (unavailablePart(error) === null && !signal.aborted) logDefect(error, { part });
          return before;
        });
        if (!signal.aborted) setTimeout(look, everyMs).unref();
      };
      await look();
    }),
  );
}

/** How a node was when we last looked: in words when it did not answer. */
type State = { trouble: string | null };

async function lookAt(
  node: FedNode,
  before: State | null,
  indexUid: string,
  db: Db,
): Promise<State> {
  const { name, client } = node;
  const earlier = await marksOf(name, db);
  let mark: string | null;
  try {
    mark = await readMark(client, indexUid, { signal: AbortSignal.timeout(patienceMs) });
  } catch (error) {
    const trouble = nodeTrouble(error);
    if (before?.trouble !== trouble) {
      log("warn", `a search node is away, and changes wait for it: ${trouble}`, {
        part,
        node: name,
      });
    }
    return { trouble };
  }
  if (before?.trouble) log("info", "a search node is back", { part, node: name });
  if (before === null || before.trouble) await hurryNodeJobs(name, db);
  await dropNeedlessNodeJobs(db);
  // Asked before and after: meanwhile another process may have swapped in a new index.
  const later = await marksOf(name, db);
  if (earlier === null || later === null) return { trouble: null };
  if (mark !== null && isOurShape(mark) && [...earlier, ...later].includes(mark)) {
    return { trouble: null };
  }
  // A newer release is at work here: only a worker that starts takes its index from it.
  if (before !== null && shapeOfMark(mark) > documentShape) return { trouble: null };
  if (await enqueueMissingBuild(name, db)) log("info", whyBuilt(mark), { part, node: name });
  return { trouble: null };
}

function whyBuilt(mark: string | null): string {
  const shape = shapeOfMark(mark);
  if (mark === null) return "a search node has no index of ours, which is built now";
  if (shape === documentShape) return "a search node's index missed changes, and is built anew";
  return `a search node's index is of another release (shape ${shape}, here ${documentShape}), and is built anew`;
}
