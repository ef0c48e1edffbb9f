import { and, eq, isNull } from "drizzle-orm";
import { type Db, primary } from "#db/client.ts";
import { people } from "#db/schema/accounts.ts";
import { therapists } from "#db/schema/profiles.ts";
import { appendEvent } from "#lib/audit/append-event.ts";
import type { Actor } from "#lib/auth/rules.ts";
import { enqueueMail } from "#lib/email/enqueue-mail.ts";
import { siteAddress } from "#lib/email/site-address.ts";
import { enqueueReindex } from "#lib/jobs/enqueue.ts";
import { deletionDay } from "./rules.ts";

/** The listing goes at once, the account after the days of grace. Asking twice changes nothing. */
export async function askDeletion(
  { personId }: Actor,
  now: Date,
  db: Db = primary(),
): Promise<void> {
  await db.transaction(async (tx) => {
    const [person] = await tx
      .update(people)
      .set({ deletionAskedAt: now })
      .where(and(eq(people.id, personId), isNull(people.deletionAskedAt)))
      .returning({ email: people.email, locale: people.locale });
    if (!person) return;
    const paused = await tx
      .update(therapists)
      .set({ listingState: "paused" })
      .where(and(eq(therapists.personId, personId), eq(therapists.listingState, "listed")))
      .returning({ id: therapists.id });
    for (const { id } of paused) await enqueueReindex(id, tx);
    const { email: to, locale } = person;
    const url = siteAddress("/account/settings/delete", locale);
    const params = { day: deletionDay(now), url };
    await enqueueMail({ kind: "deletion-asked", to, personId, locale, params }, tx);
    const subject = { kind: "person", id: personId };
    const details = { pausedListing: paused.length > 0 };
    await appendEvent({ actorId: personId, verb: "account.ask-deletion", subject, details }, tx);
  });
}
