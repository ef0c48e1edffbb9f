import { eq } from "drizzle-orm";
import { type Db, primary } from "#db/client.ts";
import { totpSecrets } from "#db/schema/accounts.ts";
import { appendEvent } from "#lib/audit/append-event.ts";
import { NotFoundError } from "#lib/errors.ts";
import { keepOneFactor } from "./keep-one-factor.ts";
import type { Actor } from "./rules.ts";
import { sendSecurityNotice } from "./send-security-notice.ts";

/** @returns false when it is the last second factor of someone on the staff, who keeps it */
export async function removeTotp({ personId }: Actor, db: Db = primary()): Promise<boolean> {
  return keepOneFactor(
    personId,
    async (tx) => {
      const removed = await tx
        .delete(totpSecrets)
        .where(eq(totpSecrets.personId, personId))
        .returning({ personId: totpSecrets.personId });
      if (removed.length === 0) throw new NotFoundError();
      const subject = { kind: "person", id: personId };
      await appendEvent({ actorId: personId, verb: "totp.remove", subject }, tx);
      await sendSecurityNotice(personId, "totp-removed", tx);
    },
    db,
  );
}
