import { and, eq, inArray, isNull } from "drizzle-orm";
import type { Db } from "#db/client.ts";
import { evidence } from "#db/schema/evidence.ts";
import { evidenceSubjects } from "#db/vocabulary.ts";
import { documentColumns, oldestFirst, withFileName } from "#lib/evidence/queries.ts";

export type CaseDocument = Awaited<ReturnType<typeof loadDocuments>>[number];

/** The documents of a therapist that are still there. @param all else those of trainings alone */
export async function loadDocuments(therapistId: string, { all }: { all: boolean }, db: Db) {
  const subjects = all ? [...evidenceSubjects] : (["training"] as const);
  const rows = await db
    .select({
      ...documentColumns,
      deleteAfter: evidence.deleteAfter,
      sha256: evidence.sha256,
      storageRef: evidence.storageRef,
    })
    .from(evidence)
    .where(
      and(
        eq(evidence.therapistId, therapistId),
        isNull(evidence.destroyedAt),
        inArray(evidence.subject, subjects),
      ),
    )
    .orderBy(...oldestFirst);
  return rows.map(withFileName);
}
