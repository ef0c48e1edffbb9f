import type { Db } from "#db/client.ts";
import { appendEvent } from "#lib/audit/append-event.ts";
import type { Actor } from "#lib/auth/rules.ts";
import { getMailTo } from "#lib/cases/mail-to.ts";
import { enqueueMail } from "#lib/email/enqueue-mail.ts";
import type { MailParams } from "#lib/email/schema.ts";
import { siteAddress } from "#lib/email/site-address.ts";
import { fingerprint } from "#lib/letters/keys.ts";

type KeyNews = Pick<MailParams["message-key-changed"], "what" | "activeFrom"> & {
  verb: `message-key.${string}`;
  therapistId: string;
  recipient: string;
};

/**
 * Notes a change of a key and mails it to its owner, in the transaction that makes it. The log has
 * the fingerprint: that way it shows for good which key counted when.
 */
export async function tellOfKey(actor: Actor, news: KeyNews, tx: Db): Promise<void> {
  const { verb, therapistId, recipient, what, activeFrom } = news;
  const print = await fingerprint(recipient);
  const details = { fingerprint: print, ...(activeFrom !== null && { activeFrom }) };
  const subject = { kind: "therapist", id: therapistId };
  await appendEvent({ actorId: actor.personId, verb, subject, details }, tx);
  const to = await getMailTo(therapistId, tx);
  const url = siteAddress("/account/messages/keys", to.locale);
  const params = { what, fingerprint: print, activeFrom, url };
  await enqueueMail({ kind: "message-key-changed", params, ...to }, tx);
}
