import { randomUUID } from "node:crypto";
import { type Db, primary } from "#db/client.ts";
import { caseMessages } from "#db/schema/decisions.ts";
import { appendEvent } from "#lib/audit/append-event.ts";
import type { Actor } from "#lib/auth/rules.ts";
import { enqueueMail } from "#lib/email/enqueue-mail.ts";
import { siteAddress } from "#lib/email/site-address.ts";
import { seal } from "#lib/sealing/seal.ts";
import { lockClaimed } from "./access.ts";
import { getMailTo } from "./mail-to.ts";
import { messageContext } from "./rules.ts";

export type NewMessage = {
  caseId: string;
  /** A private note is for moderators alone, and is no part of what therapists can download. */
  kind: "from-moderators" | "private-note";
  body: string;
};

/** Writes to the therapist, or down for the next moderator. Sealed; who wrote it stays with us. */
export async function writeMessage(
  actor: Actor,
  { caseId, kind, body }: NewMessage,
  db: Db = primary(),
): Promise<void> {
  await db.transaction(async (tx) => {
    const { therapistId } = await lockClaimed(actor, caseId, tx);
    const id = randomUUID();
    const sealedBody = seal(body, messageContext(id));
    await tx
      .insert(caseMessages)
      .values({ id, caseId, kind, writtenBy: actor.personId, sealedBody });
    const subject = { kind: "case", id: caseId };
    const verb = kind === "private-note" ? "case.note" : "case.write";
    await appendEvent({ actorId: actor.personId, verb, subject }, tx);
    if (kind === "private-note") return;
    const to = await getMailTo(therapistId, tx);
    const params = { count: 1, url: siteAddress("/account/questions", to.locale) };
    await enqueueMail({ kind: "questions-asked", params, ...to }, tx);
  });
}
