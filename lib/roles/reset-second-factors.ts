import { and, eq, ne, not } from "drizzle-orm";
import { type Db, primary } from "#db/client.ts";
import {
  failedAttempts,
  passkeyChallenges,
  passkeys,
  people,
  recoveryCodes,
  sessions,
  totpSecrets,
} from "#db/schema/accounts.ts";
import { appendEvent } from "#lib/audit/append-event.ts";
import type { Actor } from "#lib/auth/rules.ts";
import { sendSecurityNotice } from "#lib/auth/send-security-notice.ts";
import { NotFoundError } from "#lib/errors.ts";
import { isLead, lockRoles, requireLead } from "./access.ts";

/**
 * Lets someone who lost every second factor begin again by mail. Not for oneself and not for a lead:
 * that is done on the server, so that no lead comes into the account of another.
 * @param reason goes into the audit chain @throws NotFoundError for all but leads
 */
export async function resetSecondFactors(
  actor: Actor,
  { personId, reason }: { personId: string; reason: string },
  db: Db = primary(),
): Promise<void> {
  await db.transaction(async (tx) => {
    await lockRoles(tx);
    await requireLead(actor, tx);
    const [person] = await tx
      .select({ id: people.id })
      .from(people)
      .where(and(eq(people.id, personId), ne(people.id, actor.personId), not(isLead)))
      .for("update");
    if (!person) throw new NotFoundError();
    await dropSecondFactors({ actorId: actor.personId, personId, reason }, tx);
  });
}

/** Takes all second factors away and signs out everywhere, inside the caller's transaction. */
export async function dropSecondFactors(
  { actorId, personId, reason }: { actorId: string | null; personId: string; reason: string },
  tx: Db,
): Promise<void> {
  for (const table of [totpSecrets, passkeys, passkeyChallenges, recoveryCodes]) {
    await tx.delete(table).where(eq(table.personId, personId));
  }
  await tx.delete(failedAttempts).where(eq(failedAttempts.subject, `second-factor:${personId}`));
  await tx.delete(sessions).where(eq(sessions.userId, personId));
  await sendSecurityNotice(personId, "second-factors-reset", tx);
  const subject = { kind: "person", id: personId };
  await appendEvent({ actorId, verb: "second-factor.reset", subject, details: { reason } }, tx);
}
