import { and, eq, isNull } from "drizzle-orm";
import { type Db, primary } from "#db/client.ts";
import { cases } from "#db/schema/cases.ts";
import { appeals, decisions } from "#db/schema/decisions.ts";
import { evidence } from "#db/schema/evidence.ts";
import { checks } from "#db/schema/vetting.ts";
import { appendEvent } from "#lib/audit/append-event.ts";
import type { Actor } from "#lib/auth/rules.ts";
import { appealContext } from "#lib/cases/rules.ts";
import { ConflictError, NotFoundError } from "#lib/errors.ts";
import { lookedCredential } from "#lib/evidence/access.ts";
import { documentsOf } from "#lib/evidence/rules.ts";
import { lockOwnTherapist } from "#lib/questions/access.ts";
import { seal } from "#lib/sealing/seal.ts";
import { todayUtc } from "#lib/vetting/rules.ts";
import { isAppealable, mayAppeal } from "./rules.ts";

/**
 * Asks for someone who took no part to look at a decision once more. The documents that it was
 * about stay until that is answered. @returns the id of the case that it opens
 * @throws NotFoundError, ConflictError `already-appealed`, `too-late`
 */
export async function appealDecision(
  actor: Actor,
  { decisionId, words }: { decisionId: string; words: string },
  db: Db = primary(),
): Promise<string> {
  return db.transaction(async (tx) => {
    const therapistId = await lockOwnTherapist(actor, tx);
    const decision = await requireAppealable(therapistId, decisionId, tx);
    const [opened] = await tx
      .insert(cases)
      .values({ therapistId, kind: "appeal" })
      .returning({ id: cases.id });
    const caseId = opened?.id ?? "";
    const sealedWords = seal(words, appealContext(caseId));
    await tx.insert(appeals).values({ caseId, decisionId, sealedWords });
    await keepDocuments(therapistId, decision.checkId, tx);
    await appendEvent(
      {
        actorId: actor.personId,
        verb: "decision.appeal",
        subject: { kind: "decision", id: decisionId },
        details: { action: decision.action, caseId },
      },
      tx,
    );
    return caseId;
  });
}

/** Under the lock on the therapist: of two appeals at once the second one finds the first. */
async function requireAppealable(therapistId: string, decisionId: string, tx: Db) {
  const [found] = await tx
    .select({
      action: decisions.action,
      inForceAt: decisions.inForceAt,
      checkId: decisions.checkId,
      appealCase: appeals.caseId,
    })
    .from(decisions)
    .leftJoin(appeals, eq(appeals.decisionId, decisions.id))
    .where(
      and(
        eq(decisions.id, decisionId),
        eq(decisions.therapistId, therapistId),
        eq(decisions.state, "in-force"),
      ),
    );
  if (!found?.inForceAt || !isAppealable(found.action)) throw new NotFoundError();
  if (found.appealCase !== null) throw new ConflictError("already-appealed");
  const { action, inForceAt } = found;
  if (!mayAppeal({ action, inForceAt, appealed: false }, todayUtc())) {
    throw new ConflictError("too-late");
  }
  return found;
}

/** Those of the claim that was decided on; all of them where it was about the whole listing. */
async function keepDocuments(therapistId: string, checkId: string | null, tx: Db): Promise<void> {
  const ofClaim = checkId === null ? undefined : await documentsOfCheck(checkId, tx);
  if (ofClaim === null) return;
  await tx
    .update(evidence)
    .set({ deleteAfter: null })
    .where(and(eq(evidence.therapistId, therapistId), isNull(evidence.destroyedAt), ofClaim));
}

/** @returns a condition on documents, or null where the claim has none */
async function documentsOfCheck(checkId: string, tx: Db) {
  const [look] = await tx
    .select({
      claimType: checks.claimType,
      credentialId: lookedCredential,
      trainingId: checks.trainingId,
    })
    .from(checks)
    .where(eq(checks.id, checkId));
  const documents = look && documentsOf(look);
  if (!documents) return null;
  const { subject, claimId } = documents;
  const column = subject === "training" ? evidence.trainingId : evidence.credentialId;
  const ofSubject = eq(evidence.subject, subject);
  return claimId === null ? ofSubject : and(ofSubject, eq(column, claimId));
}
