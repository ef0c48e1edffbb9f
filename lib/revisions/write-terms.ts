import { and, eq, inArray } from "drizzle-orm";
import type { Db } from "#db/client.ts";
import { revisionTerms } from "#db/schema/profiles.ts";
import type { TermKind } from "#db/vocabulary.ts";

export type ChosenTerm = {
  kind: TermKind;
  id: string;
  level?: string | null;
  detail?: string | null;
};

/** Puts these choices in the place of all earlier ones of the same kinds. */
export async function writeTerms(
  revisionId: string,
  kinds: readonly TermKind[],
  terms: readonly ChosenTerm[],
  tx: Db,
): Promise<void> {
  await tx
    .delete(revisionTerms)
    .where(and(eq(revisionTerms.revisionId, revisionId), inArray(revisionTerms.kind, [...kinds])));
  if (terms.length === 0) return;
  await tx.insert(revisionTerms).values(
    terms.map(({ kind, id, level = null, detail = null }) => ({
      revisionId,
      kind,
      termId: id,
      level,
      detail,
    })),
  );
}
