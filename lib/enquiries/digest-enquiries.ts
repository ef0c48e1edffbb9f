import { eq, isNull, sql } from "drizzle-orm";
import { type Db, primary } from "#db/client.ts";
import { people } from "#db/schema/accounts.ts";
import { reminders } from "#db/schema/mails.ts";
import { therapists } from "#db/schema/profiles.ts";
import { forEachOnItsOwn } from "#lib/availability/for-each.ts";
import { lockTherapists } from "#lib/cases/access.ts";
import { enqueueMail } from "#lib/email/enqueue-mail.ts";
import { siteAddress } from "#lib/email/site-address.ts";
import type { Day } from "#lib/vetting/rules.ts";
import { isAnswered } from "./access.ts";
import { digestSubject, toldSubject } from "./rules.ts";

/**
 * Mails therapists that something is new, once a day and only when it is. Safe to do twice, and by
 * two workers at once.
 */
export async function digestEnquiries(today: Day, db: Db = primary()): Promise<void> {
  await forEachOnItsOwn(await listInboxes(today, db), (inbox) =>
    db.transaction((tx) => tell(inbox, today, tx)),
  );
}

/** Those with a letter that nobody answered, of people who mean to stay. */
function listInboxes(today: Day, db: Db) {
  return db
    .select({
      therapistId: therapists.id,
      personId: people.id,
      to: people.email,
      locale: people.locale,
    })
    .from(therapists)
    .innerJoin(people, eq(people.id, therapists.personId))
    .where(
      sql`${isNull(people.deletionAskedAt)} and exists (select from enquiries
        where enquiries.therapist_id = ${therapists.id} and ${isNew(today)})`,
    );
}

type Inbox = Awaited<ReturnType<typeof listInboxes>>[number];

async function tell({ therapistId, ...person }: Inbox, today: Day, tx: Db): Promise<void> {
  await lockTherapists(eq(therapists.id, therapistId), tx);
  const subject = `${digestSubject(therapistId)}:${today}`;
  if ((await tx.$count(reminders, eq(reminders.subject, subject))) > 0) return;
  const told = await tx.execute(sql`
    insert into reminders (subject, threshold, sent_on)
    select ${toldSubject("")} || enquiries.id, 0, ${today}::date from enquiries
    where enquiries.therapist_id = ${therapistId} and ${isNew(today)}
    returning subject`);
  // Another worker has told of them meanwhile, and has another day by its clock.
  if (told.length === 0) return;
  await tx.insert(reminders).values({ subject, threshold: 0, sentOn: today });
  const params = { url: siteAddress("/account/messages", person.locale) };
  await enqueueMail({ kind: "messages-waiting", params, ...person }, tx);
}

/** Not answered, and its therapist was never told of it. */
function isNew(today: Day) {
  return sql`enquiries.expires_on >= ${today}::date and not ${isAnswered}
    and not exists (select from reminders told
      where told.subject = ${toldSubject("")} || enquiries.id)`;
}
