import { and, asc, eq, inArray, isNull } from "drizzle-orm";
import type { Db } from "#db/client.ts";
import { evidence } from "#db/schema/evidence.ts";
import { evidenceSubjects } from "#db/vocabulary.ts";
import { nameContext } from "#lib/evidence/rules.ts";
import { unseal } from "#lib/sealing/seal.ts";

export type CaseDocument = Awaited<ReturnType<typeof loadDocuments>>[number];

/** The documents of a therapist that are still there. @param all else those of trainings alone */
export async function loadDocuments(therapistId: string, { all }: { all: boolean }, db: Db) {
  const subjects = all ? [...evidenceSubjects] : (["training"] as const);
  const rows = await db
    .select({
      id: evidence.id,
      subject: evidence.subject,
      credentialId: evidence.credentialId,
      trainingId: evidence.trainingId,
      sealedName: evidence.sealedName,
      pages: evidence.pages,
      uploadedAt: evidence.uploadedAt,
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
    .orderBy(asc(evidence.uploadedAt), asc(evidence.id));
  return rows.map(({ sealedName, ...row }) => ({
    ...row,
    fileName: unseal(sealedName, nameContext(row.id)),
  }));
}
