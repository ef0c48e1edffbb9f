import { and, eq, isNull, lte, sql } from "drizzle-orm";
import { type Db, primary } from "#db/client.ts";
import { people } from "#db/schema/accounts.ts";
import { therapists } from "#db/schema/profiles.ts";
import { enqueueMail } from "#lib/email/enqueue-mail.ts";
import { siteAddress } from "#lib/email/site-address.ts";
import { enqueueReindex } from "#lib/jobs/enqueue.ts";
import { freshness } from "#lib/profiles/rules.ts";
import { addDays, type Day } from "#lib/vetting/rules.ts";
import { confirmationLink } from "./confirmation-link.ts";
import { forEachOnItsOwn } from "./for-each.ts";
import { askedAt, daysBetween, openingsReminder } from "./rules.ts";

/**
 * Asks the listed therapists who have said nothing for a while whether openings and fees still
 * hold, and tells those whom that has hidden. Safe to do twice, and by two workers at once.
 */
export async function remindOpenings(today: Day, db: Db = primary()): Promise<void> {
  await forEachOnItsOwn(await listSilent(today, db), async (silent) => {
    const due = openingsReminder(silent, today);
    if (due !== null) await db.transaction((tx) => remind(silent, due, today, tx));
  });
}

function listSilent(today: Day, db: Db) {
  return db
    .select({
      id: therapists.id,
      personId: therapists.personId,
      confirmedOn: therapists.confirmedOn,
      remindedOn: therapists.remindedOn,
      confirmationRound: therapists.confirmationRound,
      email: people.email,
      locale: people.locale,
    })
    .from(therapists)
    .innerJoin(people, eq(people.id, therapists.personId))
    .where(
      and(
        eq(therapists.listingState, "listed"),
        isNull(people.deletionAskedAt),
        lte(therapists.confirmedOn, addDays(today, -askedAt[0])),
      ),
    );
}

type Silent = Awaited<ReturnType<typeof listSilent>>[number];

async function remind(silent: Silent, due: "ask" | "hidden", today: Day, tx: Db): Promise<void> {
  const { id, personId, confirmedOn, remindedOn, email, locale } = silent;
  // Only as long as nothing has happened since it was read: neither an answer nor another worker.
  const [first] = await tx
    .update(therapists)
    .set({ remindedOn: today })
    .where(
      and(
        eq(therapists.id, id),
        eq(therapists.listingState, "listed"),
        eq(therapists.confirmedOn, confirmedOn),
        sql`${therapists.remindedOn} is not distinct from ${remindedOn}::date`,
      ),
    )
    .returning({ id: therapists.id });
  if (!first) return;
  const mail = { to: email, personId, locale };
  const url = confirmationLink(silent, today, locale);
  const days = daysBetween(confirmedOn, today);
  if (due === "hidden") {
    await enqueueMail({ ...mail, kind: "listing-hidden", params: { url, days } }, tx);
    return enqueueReindex(id, tx);
  }
  const accountUrl = siteAddress("/account/availability", locale);
  const params = { url, accountUrl, days, decay: { ...freshness } };
  await enqueueMail({ ...mail, kind: "confirm-openings", params }, tx);
}
