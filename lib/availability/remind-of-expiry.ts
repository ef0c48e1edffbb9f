import { sql } from "drizzle-orm";
import { type Db, primary } from "#db/client.ts";
import { people } from "#db/schema/accounts.ts";
import { credentials, insurances, trainings } from "#db/schema/credentials.ts";
import { reminders } from "#db/schema/mails.ts";
import { therapists } from "#db/schema/profiles.ts";
import { enqueueMail } from "#lib/email/enqueue-mail.ts";
import type { MailParams } from "#lib/email/schema.ts";
import { siteAddress } from "#lib/email/site-address.ts";
import { addDays, type Day } from "#lib/vetting/rules.ts";
import { forEachOnItsOwn } from "./for-each.ts";
import { expiryThreshold, remindedBefore } from "./rules.ts";

type Ending = {
  what: MailParams["expiry-reminder"]["what"];
  subject: string;
  name: string;
  expiresOn: Day;
  personId: string;
  email: string;
  locale: "en" | "es";
};

/** Where each is renewed. */
const pages = {
  licence: "/account/profile/licences",
  insurance: "/account/profile/licences/insurance",
  certificate: "/account/profile/trainings",
} as const satisfies Record<Ending["what"], string>;

/**
 * Reminds therapists of licences, insurance and certificates that are about to end, once for each
 * threshold. Safe to do twice, and by two workers at once.
 */
export async function remindOfExpiry(today: Day, db: Db = primary()): Promise<void> {
  await forEachOnItsOwn(await listEnding(today, db), async (ending) => {
    const threshold = expiryThreshold(ending.expiresOn, today);
    if (threshold !== null) await db.transaction((tx) => remind(ending, threshold, today, tx));
  });
}

async function remind(ending: Ending, threshold: number, today: Day, tx: Db): Promise<void> {
  const { what, name, expiresOn, personId, email, locale } = ending;
  const [first] = await tx
    .insert(reminders)
    .values({ subject: `${ending.subject}:${expiresOn}`, threshold, sentOn: today })
    .onConflictDoNothing()
    .returning({ threshold: reminders.threshold });
  if (!first) return;
  const params = { what, name, day: expiresOn, url: siteAddress(pages[what], locale) };
  await enqueueMail({ kind: "expiry-reminder", to: email, personId, locale, params }, tx);
}

/** Claims that readers or moderators count on, of people who mean to stay. */
async function listEnding(today: Day, db: Db): Promise<Ending[]> {
  const last = addDays(today, Math.max(...remindedBefore));
  const rows = await db.execute<Ending>(sql`
    select ends.what, ends.subject, ends.name, ends.expires_on::text as "expiresOn",
      ${people.id} as "personId", ${people.email} as email, ${people.locale} as locale
    from (
      select 'licence' as what, 'credential:' || id as subject, letters as name, expires_on, therapist_id
      from ${credentials} where stage = 'current' and withdrawn_on is null
      union all
      select 'certificate', 'training:' || id, title, expires_on, therapist_id
      from ${trainings} where stage = 'current'
      union all
      select 'insurance', 'insurance:' || therapist_id, insurer, expires_on, therapist_id
      from ${insurances}
    ) ends
    join ${therapists} on ${therapists.id} = ends.therapist_id
    join ${people} on ${people.id} = ${therapists.personId}
    where ends.expires_on between ${today}::date and ${last}::date
      and ${therapists.listingState} in ('pending', 'listed', 'paused')
      and ${people.deletionAskedAt} is null
    order by ends.expires_on, ends.subject`);
  return [...rows];
}
