import type { Db } from "#db/client.ts";
import { sessions } from "#db/schema/accounts.ts";
import { appendEvent } from "#lib/audit/append-event.ts";
import { tokenKey } from "#lib/sealing/link-token.ts";

export type NewSession = {
  personId: string;
  /** As the browser will hold it; only its hash is stored. */
  token: string;
  expires: Date;
  by: "mail-link" | "passkey";
};

/** Signs a person in. A passkey has asked for two things already, so it counts as second factor. */
export async function startSession(start: NewSession, db: Db): Promise<void> {
  const { personId, token, expires, by } = start;
  await db.transaction(async (tx) => {
    await tx.insert(sessions).values({
      sessionToken: tokenKey(token),
      userId: personId,
      expires,
      secondFactorAt: by === "passkey" ? new Date() : null,
    });
    await appendEvent(
      {
        actorId: personId,
        verb: "session.start",
        subject: { kind: "person", id: personId },
        details: { by },
      },
      tx,
    );
  });
}
