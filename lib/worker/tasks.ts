import type { Task, TaskList } from "graphile-worker";
import { z } from "zod";
import type { Db } from "#db/client.ts";
import { purgeLapsed } from "#lib/auth/purge-lapsed.ts";
import { remindOfExpiry } from "#lib/availability/remind-of-expiry.ts";
import { remindOpenings } from "#lib/availability/remind-openings.ts";
import { readConfig } from "#lib/config.ts";
import { rebuildEntries } from "#lib/directory/rebuild-entries.ts";
import { reindexTherapist } from "#lib/directory/reindex-therapist.ts";
import { mendLostMails } from "#lib/email/mend-lost-mails.ts";
import type { MailTransport } from "#lib/email/open-transport.ts";
import { purgeOldMails } from "#lib/email/purge-old-mails.ts";
import { sendMail } from "#lib/email/send-mail.ts";
import { digestEnquiries } from "#lib/enquiries/digest-enquiries.ts";
import { expireEnquiries } from "#lib/enquiries/expire-enquiries.ts";
import { forgetOldKeys } from "#lib/enquiries/forget-old-keys.ts";
import { forgetUnanswered } from "#lib/invitations/forget-unanswered.ts";
import { enqueueNodeRebuilds } from "#lib/jobs/node-jobs.ts";
import { forgetOldReports } from "#lib/reports/forget-old-reports.ts";
import { todayUtc } from "#lib/vetting/rules.ts";
import { openDueCases } from "#lib/watching/open-due-cases.ts";
import { earlierClock } from "./earlier-clock.ts";
import { purgeAccounts } from "./purge-accounts.ts";
import { purgeDocuments } from "./purge-documents.ts";
import { registerTasks } from "./register-tasks.ts";
import type { ScheduledTask } from "./schedule.ts";

const therapist = z.object({ therapistId: z.string().min(1) });
const mail = z.object({ mailId: z.string().min(1) });

type ScheduledTasks = Partial<Record<ScheduledTask, Task>>;

export type Means = {
  db: Db;
  /** Null without a mail server: jobs that send are then left in the queue, with all their tries. */
  transport: MailTransport | null;
};

/**
 * What the worker can do, beside what it does at each search node (`tasksAt`). Payloads are ids alone:
 * each job reads the truth anew.
 */
export function tasks({ db, transport }: Means): TaskList {
  return {
    "profile.reindex": async (payload) => {
      await reindexTherapist(therapist.parse(payload).therapistId, db);
    },
    "directory.reindex": async () => {
      await rebuildEntries(db);
      await enqueueNodeRebuilds(db);
    },
    ...purges(db),
    ...registerTasks(db),
    ...watch(db),
    ...(canWriteMails() && reminders(db)),
    ...(transport && { "mail.send": mailTask(transport, db) }),
  };
}

function purges(db: Db) {
  return {
    "mails.mend": () => mendLostMails(db),
    "accounts.purge": async () => purgeAccounts(await earlierClock(db), db),
    "documents.purge": async () => purgeDocuments(await earlierClock(db), db),
    "rows.purge": async () => {
      const now = await earlierClock(db);
      await purgeLapsed(now, db);
      await purgeOldMails(now, db);
      await forgetOldReports(now, db);
      await forgetUnanswered(now, db);
      await expireEnquiries(now, db);
      await forgetOldKeys(now, db);
    },
  } satisfies ScheduledTasks;
}

function watch(db: Db) {
  return {
    "checks.watch": async () => {
      await openDueCases(todayUtc(), db);
    },
  } satisfies ScheduledTasks;
}

/** Mails need the key to be sealed and the address for links: another worker may have both. */
function canWriteMails(): boolean {
  const { MASTER_KEY, SITE_URL } = readConfig();
  return MASTER_KEY !== undefined && SITE_URL !== undefined;
}

function reminders(db: Db) {
  return {
    "openings.remind": () => remindOpenings(todayUtc(), db),
    "expiry.remind": () => remindOfExpiry(todayUtc(), db),
    "enquiries.digest": () => digestEnquiries(todayUtc(), db),
  } satisfies ScheduledTasks;
}

function mailTask(transport: MailTransport, db: Db): Task {
  return async (payload, { job }) => {
    const lastTry = job.attempts >= job.max_attempts;
    await sendMail(mail.parse(payload).mailId, { transport, lastTry }, db);
  };
}
