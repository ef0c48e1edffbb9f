import type { Db } from "#db/client.ts";
import { people } from "#db/schema/accounts.ts";
import { appendEvent } from "#lib/audit/append-event.ts";
import type { Locale } from "#lib/words/labels.ts";

/** The account of an address that has just answered a mail; made when it is not there yet. */
export async function openAccount(
  { email, locale }: { email: string; locale: Locale },
  db: Db,
): Promise<typeof people.$inferSelect> {
  return db.transaction(async (tx) => {
    const emailVerified = new Date();
    const [person] = await tx
      .insert(people)
      .values({ email, locale, emailVerified })
      // Two links of one new address, used at the same moment.
      .onConflictDoUpdate({ target: people.email, set: { emailVerified } })
      .returning();
    if (!person) throw new Error("the account was not written");
    const subject = { kind: "person", id: person.id };
    await appendEvent({ actorId: person.id, verb: "account.open", subject }, tx);
    return person;
  });
}
