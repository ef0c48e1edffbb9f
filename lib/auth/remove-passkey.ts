import { and, eq } from "drizzle-orm";
import { type Db, primary } from "#db/client.ts";
import { passkeys } from "#db/schema/accounts.ts";
import { appendEvent } from "#lib/audit/append-event.ts";
import { NotFoundError } from "#lib/errors.ts";
import { keepOneFactor } from "./keep-one-factor.ts";
import type { Actor } from "./rules.ts";
import { sendSecurityNotice } from "./send-security-notice.ts";

/**
 * @returns false when it is the last second factor of someone on the staff, who keeps it
 * @throws NotFoundError when it is not theirs
 */
export async function removePasskey(
  { personId }: Actor,
  id: string,
  db: Db = primary(),
): Promise<boolean> {
  return keepOneFactor(
    personId,
    async (tx) => {
      const removed = await tx
        .delete(passkeys)
        .where(and(eq(passkeys.id, id), eq(passkeys.personId, personId)))
        .returning({ id: passkeys.id });
      if (removed.length === 0) throw new NotFoundError();
      const subject = { kind: "passkey", id };
      await appendEvent({ actorId: personId, verb: "passkey.remove", subject }, tx);
      await sendSecurityNotice(personId, "passkey-removed", tx);
    },
    db,
  );
}
