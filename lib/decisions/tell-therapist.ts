import type { Db } from "#db/client.ts";
import type { decisions } from "#db/schema/decisions.ts";
import { getMailTo } from "#lib/cases/mail-to.ts";
import { appealWithinDays } from "#lib/cases/rules.ts";
import { enqueueMail } from "#lib/email/enqueue-mail.ts";
import { decisionNews } from "#lib/email/schema.ts";
import { siteAddress } from "#lib/email/site-address.ts";
import { addDays, todayUtc } from "#lib/vetting/rules.ts";
import { appealable } from "./transitions.ts";

type News = Pick<typeof decisions.$inferSelect, "therapistId" | "action" | "reason">;

/** Mails the therapist what was decided and why, where it is news to them. Never who decided. */
export async function tellTherapist({ therapistId, action, reason }: News, tx: Db): Promise<void> {
  const what = decisionNews.find((news) => news === action);
  if (!what) return;
  const to = await getMailTo(therapistId, tx);
  const canAppeal = (appealable as readonly string[]).includes(action);
  const params = {
    what,
    reason,
    appealUntil: canAppeal ? addDays(todayUtc(), appealWithinDays) : null,
    url: siteAddress("/account/decisions", to.locale),
  };
  await enqueueMail({ kind: "decision-made", params, ...to }, tx);
}
