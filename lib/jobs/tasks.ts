import type { TaskList } from "graphile-worker";
import type { Meilisearch } from "meilisearch";
import { z } from "zod";
import type { Db } from "#db/client.ts";
import { indexName, rebuildIndex, reindexTherapist } from "#lib/directory/index-directory.ts";

const therapist = z.object({ therapistId: z.string().min(1) });

/** What the worker can do. Payloads are ids alone: each job reads the truth anew. */
export function tasks(client: Meilisearch, db: Db, indexUid: string = indexName): TaskList {
  return {
    "profile.reindex": async (payload) => {
      await reindexTherapist(therapist.parse(payload).therapistId, client, db, indexUid);
    },
    "directory.reindex": async () => {
      await rebuildIndex(client, db, () => {}, indexUid);
    },
  };
}
