import { sql } from "drizzle-orm";
import type { Db } from "#db/client.ts";
import { credentialTypes, jurisdictions, referenceTerms } from "#db/schema/reference.ts";
import { termKinds } from "#db/vocabulary.ts";
import { listCredentialTypes, listRegions, listTerms } from "./queries.ts";

/**
 * Brings the ids of the reference data into the database, so that profiles can refer to nothing
 * else. Never deletes: an id that was published stays valid.
 */
export async function loadReference(db: Db): Promise<void> {
  const terms = termKinds.flatMap((kind) => listTerms(kind).map(({ id }) => ({ kind, id })));
  const regions = listRegions().map(({ code, country }) => ({ code, country }));
  const types = listCredentialTypes().map(({ id, issuerKind }) => ({ id, issuerKind }));
  await db.transaction(async (tx) => {
    await tx.insert(referenceTerms).values(terms).onConflictDoNothing();
    await tx.insert(jurisdictions).values(regions).onConflictDoNothing();
    await tx
      .insert(credentialTypes)
      .values(types)
      .onConflictDoUpdate({
        target: credentialTypes.id,
        set: { issuerKind: sql`excluded.issuer_kind` },
        setWhere: sql`${credentialTypes.issuerKind} <> excluded.issuer_kind`,
      });
  });
}
