import { and, eq, isNotNull } from "drizzle-orm";
import { type Db, primary } from "#db/client.ts";
import { evidence } from "#db/schema/evidence.ts";
import { appendEvent } from "#lib/audit/append-event.ts";
import type { Actor } from "#lib/auth/rules.ts";
import { NotFoundError } from "#lib/errors.ts";
import { unseal, unsealBytes } from "#lib/sealing/seal.ts";
import { openStore } from "#lib/storage/open-store.ts";
import type { Store } from "#lib/storage/store.ts";
import { mayRead } from "./access.ts";
import { bytesContext, type ClaimRef, keyContext, nameContext } from "./rules.ts";

export type ReadEvidence = ClaimRef & { fileName: string; mediaType: string; bytes: Buffer };

/**
 * Opens a document, and leaves word that it was looked at before a byte of it is out.
 * @throws NotFoundError for documents that are gone, or not the actor's to see
 */
export async function readEvidence(
  actor: Actor,
  id: string,
  db: Db = primary(),
  store: Store = openStore(),
): Promise<ReadEvidence> {
  const row = await db.transaction(async (tx) => {
    const [found] = await tx
      .select({
        subject: evidence.subject,
        credentialId: evidence.credentialId,
        trainingId: evidence.trainingId,
        sealedName: evidence.sealedName,
        mediaType: evidence.mediaType,
        wrappedKey: evidence.wrappedKey,
        storageRef: evidence.storageRef,
      })
      .from(evidence)
      .where(and(eq(evidence.id, id), mayRead(actor), isNotNull(evidence.wrappedKey)));
    if (!found) throw new NotFoundError();
    const subject = { kind: "evidence", id };
    await appendEvent({ actorId: actor.personId, verb: "evidence.view", subject }, tx);
    return found;
  });
  const sealed = await store.get(row.storageRef);
  if (!sealed || row.wrappedKey === null) throw new NotFoundError();
  const key = Buffer.from(unseal(row.wrappedKey, keyContext(id)), "base64url");
  return {
    subject: row.subject,
    claimId: row.credentialId ?? row.trainingId,
    fileName: unseal(row.sealedName, nameContext(id)),
    mediaType: row.mediaType,
    bytes: unsealBytes(sealed, key, bytesContext(id)),
  };
}
