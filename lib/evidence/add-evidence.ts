import { createHash, randomBytes, randomUUID } from "node:crypto";
import { and, count, eq, isNull, sql } from "drizzle-orm";
import { type Db, primary } from "#db/client.ts";
import { trainings } from "#db/schema/credentials.ts";
import { evidence } from "#db/schema/evidence.ts";
import { therapists } from "#db/schema/profiles.ts";
import { appendEvent } from "#lib/audit/append-event.ts";
import type { Actor } from "#lib/auth/rules.ts";
import { ConflictError, NotFoundError } from "#lib/errors.ts";
import { seal, sealBytes } from "#lib/sealing/seal.ts";
import { openStore } from "#lib/storage/open-store.ts";
import type { Store } from "#lib/storage/store.ts";
import { type CleanDocument, cleanDocument } from "./clean-file.ts";
import { getClaim } from "./queries.ts";
import {
  bytesContext,
  type ClaimRef,
  evidenceLimits,
  keyContext,
  mayAddEvidence,
  nameContext,
  safeName,
} from "./rules.ts";

type Upload = ClaimRef & { fileName: string; bytes: Uint8Array };

/**
 * Keeps a cleaned copy of a document for a claim of the actor's own, sealed under a key of its own.
 * The same document twice, as by a button that was pressed twice, is one.
 * @returns its id
 * @throws FileError, NotFoundError, ConflictError("already-submitted" or "too-many")
 */
export async function addEvidence(
  actor: Actor,
  { fileName, bytes, ...claim }: Upload,
  db: Db = primary(),
  store: Store = openStore(),
): Promise<string> {
  // Asked twice: nobody waits for a file to be cleaned that has no place.
  await requirePlace(actor, claim, db);
  const document = await cleanDocument(bytes);
  const id = randomUUID();
  const key = randomBytes(32);
  const storageRef = `evidence/${id}`;
  await store.put(storageRef, sealBytes(document.bytes, key, bytesContext(id)));
  const secrets = {
    sealedName: seal(safeName(fileName, document.mediaType), nameContext(id)),
    wrappedKey: seal(key.toString("base64url"), keyContext(id)),
  };
  const forget = () => forgetBytes(id, storageRef, db, store).catch(() => {});
  try {
    const kept = await db.transaction((tx) =>
      insertRow(actor, { id, claim, document, storageRef, secrets }, tx),
    );
    if (kept !== id) await forget();
    return kept;
  } catch (error) {
    // Where nobody can say whether the row is there, the daily sweep will know.
    await forget();
    throw error;
  }
}

type Row = {
  id: string;
  claim: ClaimRef;
  document: CleanDocument;
  storageRef: string;
  secrets: { sealedName: string; wrappedKey: string };
};

/** @returns the id of the row that holds the document now: another one, where it was there already */
async function insertRow(actor: Actor, row: Row, tx: Db): Promise<string> {
  const { id, claim, document, storageRef, secrets } = row;
  const { subject, claimId } = claim;
  const sha256 = createHash("sha256").update(document.bytes).digest("hex");
  // Two uploads of one person count each other.
  await tx
    .select({ id: therapists.id })
    .from(therapists)
    .where(eq(therapists.personId, actor.personId))
    .for("update");
  const { therapistId, same } = await requirePlace(actor, claim, tx, sha256);
  if (same !== null) return same;
  await tx.insert(evidence).values({
    id,
    therapistId,
    subject,
    credentialId: subject === "credential" ? claimId : null,
    trainingId: subject === "training" ? claimId : null,
    mediaType: document.mediaType,
    byteLength: document.bytes.length,
    pages: document.pages,
    sha256,
    storageRef,
    ...secrets,
  });
  if (subject === "training" && claimId !== null) {
    await tx
      .update(trainings)
      .set({ evidence: "provided" })
      .where(and(eq(trainings.id, claimId), eq(trainings.evidence, "none")));
  }
  const subjectOf = { kind: "evidence", id };
  const details = { subject, mediaType: document.mediaType };
  await appendEvent(
    { actorId: actor.personId, verb: "evidence.add", subject: subjectOf, details },
    tx,
  );
  return id;
}

type Place = { therapistId: string; same: string | null };

/**
 * @returns the therapist whose claim it is, when one more document may join it now, or the id of the
 * same one, by its hash, that is there
 */
async function requirePlace(
  actor: Actor,
  claim: ClaimRef,
  db: Db,
  sha256: string | null = null,
): Promise<Place> {
  const found = await getClaim(actor, claim, db);
  if (!found) throw new NotFoundError();
  if (!mayAddEvidence(found)) throw new ConflictError("already-submitted");
  const ofClaim = sql`${evidence.subject} = ${claim.subject} and
    coalesce(${evidence.credentialId}, ${evidence.trainingId}) is not distinct from ${claim.claimId}`;
  const [held] = await db
    .select({
      all: count(),
      ofClaim: sql<number>`count(*) filter (where ${ofClaim})`.mapWith(Number),
      same: sql<string | null>`
        min(${evidence.id}) filter (where ${ofClaim} and ${evidence.sha256} = ${sha256})`,
    })
    .from(evidence)
    .where(and(eq(evidence.therapistId, found.therapistId), isNull(evidence.destroyedAt)));
  const { therapistId } = found;
  const { all = 0, ofClaim: here = 0, same = null } = held ?? {};
  if (same === null && (here >= evidenceLimits.perClaim || all >= evidenceLimits.perTherapist)) {
    throw new ConflictError("too-many");
  }
  return { therapistId, same };
}

async function forgetBytes(id: string, ref: string, db: Db, store: Store): Promise<void> {
  const kept = await db.select({ id: evidence.id }).from(evidence).where(eq(evidence.id, id));
  if (kept.length === 0) await store.delete(ref);
}
