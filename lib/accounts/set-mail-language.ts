import { eq } from "drizzle-orm";
import { type Db, primary } from "#db/client.ts";
import { people } from "#db/schema/accounts.ts";
import { appendEvent } from "#lib/audit/append-event.ts";
import type { Actor } from "#lib/auth/rules.ts";
import type { Locale } from "#lib/words/labels.ts";

export async function setMailLanguage(
  { personId }: Actor,
  locale: Locale,
  db: Db = primary(),
): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.update(people).set({ locale }).where(eq(people.id, personId));
    const subject = { kind: "person", id: personId };
    await appendEvent({ actorId: personId, verb: "account.set-mail-language", subject }, tx);
  });
}
