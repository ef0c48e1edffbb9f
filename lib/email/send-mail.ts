import { and, eq } from "drizzle-orm";
import { type Db, primary } from "#db/client.ts";
import { mails } from "#db/schema/mails.ts";
import { readConfig } from "#lib/config.ts";
import { unseal } from "#lib/sealing/seal.ts";
import { wordsFor } from "#lib/words/labels.ts";
import { composeMail } from "./compose-mail.ts";
import { mailContext } from "./enqueue-mail.ts";
import type { Letter, MailTransport } from "./open-transport.ts";
import { failureOf, isStuck, type OwnReason } from "./rules.ts";
import { parseMailBody } from "./schema.ts";

/** The mail server did not take a mail this time. The message is a code without addresses. */
export class NotSentError extends Error {
  override readonly name = "NotSentError";
}

/**
 * Hands one waiting mail to the mail server and forgets what was in it. One that is sent or given
 * up already stays so.
 * @param lastTry after this one the mail is given up, and staff can see that it was
 * @throws NotSentError when it should be tried again later
 */
export async function sendMail(
  mailId: string,
  { transport, lastTry }: { transport: MailTransport; lastTry: boolean },
  db: Db = primary(),
): Promise<void> {
  const [mail] = await db.select().from(mails).where(waiting(mailId));
  if (!mail) return;
  if (!isStuck(mail)) return giveUp(mailId, "too-late", db);
  const letter = readLetter(mail);
  if (!letter) return giveUp(mailId, "unreadable", db);
  if (!transport.mayGoTo(letter.to)) return giveUp(mailId, "made-up-address", db);
  try {
    await transport.deliver(letter);
  } catch (error) {
    const { what, permanent } = failureOf(error);
    if (permanent || lastTry) return giveUp(mailId, what, db);
    await db.update(mails).set({ lastError: what }).where(waiting(mailId));
    throw new NotSentError(what);
  }
  await db
    .update(mails)
    .set({ state: "sent", sealedBody: null, sentAt: new Date(), lastError: null })
    .where(waiting(mailId));
}

/** Null when the master key is another one, or an older release wrote what we no longer know. */
function readLetter(mail: typeof mails.$inferSelect): Letter | null {
  try {
    const { to, content } = parseMailBody(
      mail.kind,
      unseal(mail.sealedBody ?? "", mailContext(mail.id)),
    );
    const composed = composeMail(content, wordsFor(mail.locale), readConfig().SITE_NAME);
    return { id: mail.id, createdAt: mail.createdAt, to, ...composed };
  } catch {
    return null;
  }
}

async function giveUp(mailId: string, why: OwnReason | (string & {}), db: Db): Promise<void> {
  await db.update(mails).set({ state: "failed", lastError: why }).where(waiting(mailId));
}

const waiting = (mailId: string) => and(eq(mails.id, mailId), eq(mails.state, "waiting"));
