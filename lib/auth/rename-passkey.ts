import { and, eq } from "drizzle-orm";
import { type Db, primary } from "#db/client.ts";
import { passkeys } from "#db/schema/accounts.ts";
import { appendEvent } from "#lib/audit/append-event.ts";
import { NotFoundError } from "#lib/errors.ts";
import type { Actor } from "./rules.ts";

/** @throws NotFoundError when it is not theirs */
export async function renamePasskey(
  { personId }: Actor,
  { id, name }: { id: string; name: string },
  db: Db = primary(),
): Promise<void> {
  await db.transaction(async (tx) => {
    const renamed = await tx
      .update(passkeys)
      .set({ name })
      .where(and(eq(passkeys.id, id), eq(passkeys.personId, personId)))
      .returning({ id: passkeys.id });
    if (renamed.length === 0) throw new NotFoundError();
    const subject = { kind: "passkey", id };
    await appendEvent({ actorId: personId, verb: "passkey.rename", subject }, tx);
  });
}
