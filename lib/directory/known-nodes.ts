import { sql } from "drizzle-orm";
import { primaryTruth, type Truth } from "#lib/circuits/truth.ts";
import type { Standing } from "#lib/search/engine.ts";
import { isOurShape } from "./index-mark.ts";

/** A node as readers' pages need to know it. */
type Known = { marks: (string | null)[]; isBehind: boolean };

// The server listens, the bundled pages ask: two module graphs in one process.
const place = globalThis as { parasolNodes?: ReadonlyMap<string, Known> };

/** A change reaches a node within a second; one that waits longer waits for the node. */
const behindAfterSeconds = 3;

/** Asks Postgres which builds are fed. Without an answer, what was heard last stands. */
export async function hearNodes(truth: Truth = primaryTruth()): Promise<void> {
  const rows = await truth.circuit.run(() =>
    truth.db.execute<{ name: string; marks: (string | null)[]; behind: boolean }>(sql`
      select name, array[build, next_build] as marks, exists (
        select from graphile_worker.jobs where task_identifier = 'profile.reindex@' || name
          and created_at < now() - make_interval(secs => ${behindAfterSeconds})) as behind
      from search_nodes`),
  );
  place.parasolNodes = new Map(
    rows.map(({ name, marks, behind }) => [name, { marks, isBehind: behind }]),
  );
}

/** @param truth the process's own when left out, which then is opened at the first question */
export function standingBy(truth?: Truth): Standing {
  const holds = (node: string, mark: string) =>
    place.parasolNodes?.get(node)?.marks.includes(mark) ?? false;
  return {
    isFed: async (node, mark) => {
      if (!isOurShape(mark)) return false;
      if (holds(node, mark)) return true;
      // Built since we last heard; or Postgres is away, and nobody knows.
      await hearNodes(truth).catch(() => undefined);
      return holds(node, mark);
    },
    isBehind: (node) => place.parasolNodes?.get(node)?.isBehind ?? false,
  };
}
