import { and, asc, eq, inArray, isNull, ne } from "drizzle-orm";
import { type Db, primary } from "#db/client.ts";
import { cases } from "#db/schema/cases.ts";
import { credentials, trainings } from "#db/schema/credentials.ts";
import { caseItems } from "#db/schema/decisions.ts";
import { evidence } from "#db/schema/evidence.ts";
import { profileRevisions, therapists } from "#db/schema/profiles.ts";
import { checks } from "#db/schema/vetting.ts";
import { openRevisionStates } from "#db/vocabulary.ts";
import type { Actor } from "#lib/auth/rules.ts";
import { unseal } from "#lib/sealing/seal.ts";
import { isOwn, lookedCredential } from "./access.ts";
import { type ClaimRef, documentsOf, nameContext } from "./rules.ts";

export type EvidenceItem = Awaited<ReturnType<typeof listEvidence>>[number];

/** The actor's own documents that are still there, oldest first. */
export async function listEvidence(actor: Actor, db: Db = primary()) {
  const rows = await db
    .select({
      ...documentColumns,
      mediaType: evidence.mediaType,
      byteLength: evidence.byteLength,
    })
    .from(evidence)
    .where(and(isOwn(actor), isNull(evidence.destroyedAt)))
    .orderBy(...oldestFirst);
  return rows.map(withFileName);
}

/** What a document is and what it is of, for whoever may see that it is there. */
export const documentColumns = {
  id: evidence.id,
  subject: evidence.subject,
  credentialId: evidence.credentialId,
  trainingId: evidence.trainingId,
  sealedName: evidence.sealedName,
  pages: evidence.pages,
  uploadedAt: evidence.uploadedAt,
};

export const oldestFirst = [asc(evidence.uploadedAt), asc(evidence.id)] as const;

/** A row with the name of its file opened. */
export function withFileName<T extends { id: string; sealedName: string }>(row: T) {
  const { sealedName, ...shown } = row;
  return { ...shown, fileName: unseal(sealedName, nameContext(row.id)) };
}

export function isOfClaim(item: EvidenceItem, { subject, claimId }: ClaimRef): boolean {
  return item.subject === subject && (item.credentialId ?? item.trainingId) === claimId;
}

export type Claim = NonNullable<Awaited<ReturnType<typeof getClaim>>>;

/** A claim of the actor's own, in facts that name it, and where its words stand; else null. */
export async function getClaim(actor: Actor, claim: ClaimRef, db: Db = primary()) {
  const therapistId = await findTherapist(actor, db);
  if (therapistId === null) return null;
  const facts = await claimFacts(therapistId, claim, db);
  if (!facts) return null;
  const openState = await openStateOf(therapistId, db);
  return { therapistId, openState, asked: await isAsked(therapistId, claim, db), ...facts };
}

async function findTherapist(actor: Actor, db: Db): Promise<string | null> {
  if (!actor.roles.includes("therapist")) return null;
  const [own] = await db
    .select({ id: therapists.id })
    .from(therapists)
    .where(eq(therapists.personId, actor.personId));
  return own?.id ?? null;
}

async function claimFacts(therapistId: string, { subject, claimId }: ClaimRef, db: Db) {
  const none = { credential: null, training: null };
  if (subject === "identity" || subject === "insurance") return claimId === null ? none : null;
  if (claimId === null) return null;
  if (subject === "credential") {
    const [credential] = await db
      .select({
        letters: credentials.letters,
        number: credentials.number,
        jurisdiction: credentials.jurisdiction,
      })
      .from(credentials)
      .where(
        and(
          eq(credentials.id, claimId),
          eq(credentials.therapistId, therapistId),
          ne(credentials.stage, "retired"),
          isNull(credentials.withdrawnOn),
        ),
      );
    return credential ? { ...none, credential } : null;
  }
  const [training] = await db
    .select({ title: trainings.title, provider: trainings.provider, year: trainings.year })
    .from(trainings)
    .where(
      and(
        eq(trainings.id, claimId),
        eq(trainings.therapistId, therapistId),
        ne(trainings.stage, "retired"),
      ),
    );
  return training ? { ...none, training } : null;
}

/** The state of the one revision that is open, if any is. */
export async function openStateOf(therapistId: string, db: Db) {
  const [open] = await db
    .select({ state: profileRevisions.state })
    .from(profileRevisions)
    .where(
      and(
        eq(profileRevisions.therapistId, therapistId),
        inArray(profileRevisions.state, [...openRevisionStates]),
      ),
    );
  return open?.state ?? null;
}

/** Whether a question of moderators about the claim waits for an answer. */
async function isAsked(therapistId: string, claim: ClaimRef, db: Db): Promise<boolean> {
  const asked = await db
    .select({
      claimType: checks.claimType,
      credentialId: lookedCredential,
      trainingId: checks.trainingId,
    })
    .from(caseItems)
    .innerJoin(cases, eq(cases.id, caseItems.caseId))
    .innerJoin(checks, eq(checks.id, caseItems.checkId))
    .where(
      and(eq(cases.therapistId, therapistId), isNull(cases.closedAt), isNull(caseItems.answeredAt)),
    );
  return asked.some((look) => {
    const documents = documentsOf(look);
    return documents?.subject === claim.subject && documents.claimId === claim.claimId;
  });
}
