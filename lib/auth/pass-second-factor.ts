import { and, eq, inArray, isNull } from "drizzle-orm";
import { type Db, primary } from "#db/client.ts";
import { failedAttempts, recoveryCodes, totpSecrets } from "#db/schema/accounts.ts";
import { appendEvent } from "#lib/audit/append-event.ts";
import { listHashKeys } from "#lib/sealing/kept-hash.ts";
import { unseal } from "#lib/sealing/seal.ts";
import { totpContext } from "./confirm-totp.ts";
import { recoveryCodeHashes } from "./make-recovery-codes.ts";
import { markSecondFactor } from "./mark-second-factor.ts";
import { type Actor, waitAfter } from "./rules.ts";
import { totpStep } from "./totp.ts";

export type ShownCode = {
  /** Six digits of an authenticator app, or a recovery code. */
  code: string;
  sessionKey: string;
};

export type SecondFactorAnswer =
  | { passed: true }
  | { passed: false; why: "wrong" }
  | { passed: false; why: "wait"; seconds: number };

/** Lets a session through that shows a code. A code works once; who guesses waits ever longer. */
export async function passSecondFactor(
  actor: Actor,
  { code, sessionKey }: ShownCode,
  now: Date,
  db: Db = primary(),
): Promise<SecondFactorAnswer> {
  const { personId } = actor;
  return db.transaction(async (tx) => {
    const { subject, failures, lastAt } = await lockAttempts(personId, tx);
    const seconds = secondsLeft(waitAfter(failures), lastAt, now);
    if (seconds > 0) return { passed: false, why: "wait", seconds };
    const by = (await spendAppCode(personId, code, now, tx))
      ? "totp"
      : (await spendRecoveryCode(personId, code, now, tx)) && "recovery-code";
    if (!by) {
      const failed = { failures: failures + 1, lastAt: now };
      await tx.update(failedAttempts).set(failed).where(eq(failedAttempts.subject, subject));
      return { passed: false, why: "wrong" };
    }
    await tx.delete(failedAttempts).where(eq(failedAttempts.subject, subject));
    await markSecondFactor(actor, sessionKey, now, tx);
    const person = { kind: "person", id: personId };
    const event = { actorId: personId, verb: "second-factor.pass", subject: person };
    await appendEvent({ ...event, details: { by } }, tx);
    return { passed: true };
  });
}

function secondsLeft(wait: number, lastAt: Date, now: Date): number {
  return wait === 0 ? 0 : Math.ceil(wait - (now.getTime() - lastAt.getTime()) / 1000);
}

/** One try at a time for each person, so that many at once cannot slip past the count. */
async function lockAttempts(personId: string, db: Db) {
  const subject = `second-factor:${personId}`;
  await db.insert(failedAttempts).values({ subject }).onConflictDoNothing();
  const [attempts] = await db
    .select()
    .from(failedAttempts)
    .where(eq(failedAttempts.subject, subject))
    .for("update");
  if (!attempts) throw new Error("the count of attempts is not there");
  return attempts;
}

async function spendAppCode(personId: string, code: string, now: Date, db: Db): Promise<boolean> {
  const digits = code.replaceAll(/\s/g, "");
  if (!/^\d{6}$/.test(digits)) return false;
  const ofPerson = eq(totpSecrets.personId, personId);
  const [secret] = await db.select().from(totpSecrets).where(ofPerson);
  if (!secret?.confirmedAt) return false;
  const step = totpStep(unseal(secret.sealedSecret, totpContext(personId)), digits, now);
  if (step === null || step <= (secret.lastStep ?? 0)) return false;
  await db.update(totpSecrets).set({ lastStep: step }).where(ofPerson);
  return true;
}

async function spendRecoveryCode(personId: string, code: string, now: Date, db: Db) {
  const hashes = recoveryCodeHashes(code, personId, await listHashKeys(db));
  const spent = await db
    .update(recoveryCodes)
    .set({ usedAt: now })
    .where(
      and(
        eq(recoveryCodes.personId, personId),
        inArray(recoveryCodes.codeHash, hashes),
        isNull(recoveryCodes.usedAt),
      ),
    )
    .returning({ id: recoveryCodes.id });
  return spent.length > 0;
}
