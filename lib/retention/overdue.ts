import { type SQL, sql } from "drizzle-orm";
import { graceDays } from "#lib/accounts/rules.ts";
import { retention as mailRetention } from "#lib/email/purge-old-mails.ts";
import { keepAbuseDays } from "#lib/enquiries/rules.ts";
import { isOverdue } from "#lib/evidence/destroy-evidence.ts";
import { isHeld } from "#lib/holds/access.ts";
import { unansweredDays } from "#lib/invitations/rules.ts";
import { keepWordsDays } from "#lib/reports/rules.ts";
import { addDays, todayUtc } from "#lib/vetting/rules.ts";
import type { RetentionClass } from "./classes.ts";

/** Days that a job has to catch up before what it left counts as overdue. */
const lateness = 1;

/** Rows that a job should have taken away by now. */
export type Overdue = { of: RetentionClass; table: SQL; which: SQL | undefined };

/** The same rules that the jobs go by, a day later. */
export function listOverdue(now: Date): Overdue[] {
  const before = (days: number) =>
    sql`${now.toISOString()}::timestamptz - make_interval(days => ${days + lateness})`;
  const lapsed = ["sessions", "verification_tokens", "passkey_challenges", "address_changes"];
  return [
    {
      of: "account",
      table: sql`people`,
      which: sql`deletion_asked_at <= ${before(graceDays)} and not exists (
        select from therapists where person_id = people.id and ${isHeld(sql`therapists.id`)})`,
    },
    ...lapsed.map((table) => ({
      of: "sign-in" as const,
      table: sql.identifier(table) as unknown as SQL,
      which: sql`expires < ${before(0)}`,
    })),
    { of: "sign-in", table: sql`failed_attempts`, which: sql`last_at < ${before(1)}` },
    {
      of: "sealed-evidence",
      table: sql`evidence`,
      which: isOverdue(addDays(todayUtc(now), -lateness)),
    },
    ...mailRetention.map(({ table, since, days, where }) => ({
      of: "mail" as const,
      table: sql.raw(table),
      which: sql`${sql.raw(where)} and ${sql.raw(since)} < ${before(days)}`,
    })),
    ...overdueLetters(now),
    {
      of: "reader-report",
      table: sql`reports`,
      which: sql`(sealed_words is not null or reply_token_hash is not null) and not ${isHeld(sql`reports.therapist_id`)}
        and exists (select from cases where cases.id = reports.case_id
          and cases.closed_at < ${before(keepWordsDays)})`,
    },
    {
      of: "invitation",
      table: sql`invitations`,
      which: sql`accepted_at is null and created_at < ${before(unansweredDays)} and not exists (
        select from people where people.id = person_id and email_verified is not null)`,
    },
  ];
}

function overdueLetters(now: Date): Overdue[] {
  const lastKept = addDays(todayUtc(now), -lateness);
  const lapsed = new Date(now.getTime() - (1 + lateness) * 86_400_000).toISOString();
  return [
    { of: "sealed-letter", table: sql`enquiries`, which: sql`expires_on < ${lastKept}::date` },
    { of: "sealed-reply", table: sql`replies`, which: sql`expires_on < ${lastKept}::date` },
    { of: "flood-limits", table: sql`spent_proofs`, which: sql`lapses_at < ${lapsed}` },
    {
      of: "flood-limits",
      table: sql`daily_counts`,
      which: sql`day < ${addDays(lastKept, -1)}::date`,
    },
    {
      of: "abuse-note",
      table: sql`abuse_notes`,
      which: sql`sealed_words is not null and not ${isHeld(sql`abuse_notes.therapist_id`)}
        and settled_on < ${addDays(lastKept, -keepAbuseDays)}::date`,
    },
  ];
}
