import { randomUUID } from "node:crypto";
import { and, eq, inArray } from "drizzle-orm";
import { type Db, primary } from "#db/client.ts";
import { caseItems } from "#db/schema/decisions.ts";
import { checks } from "#db/schema/vetting.ts";
import { openCheckStates } from "#db/vocabulary.ts";
import { appendEvent } from "#lib/audit/append-event.ts";
import type { Actor } from "#lib/auth/rules.ts";
import { enqueueMail } from "#lib/email/enqueue-mail.ts";
import { siteAddress } from "#lib/email/site-address.ts";
import { ConflictError, NotFoundError } from "#lib/errors.ts";
import { seal } from "#lib/sealing/seal.ts";
import { lockClaimed } from "./access.ts";
import { getMailTo } from "./mail-to.ts";
import { itemContext, mostItems, tracksFor } from "./rules.ts";
import { stopClock } from "./stop-clock.ts";

export type AskedItem = {
  /** The look that waits for it; null where it is about the profile as a whole. */
  checkId: string | null;
  question: string;
};

/**
 * Asks the therapist for what is missing, item by item. The days in which we answer stand still
 * until all of it is answered. @throws NotFoundError for a look of another case or track
 */
export async function askForInfo(
  actor: Actor,
  { caseId, items }: { caseId: string; items: readonly AskedItem[] },
  db: Db = primary(),
): Promise<void> {
  if (items.length === 0) throw new ConflictError("not-ready");
  if (items.length > mostItems) throw new ConflictError("too-many");
  await db.transaction(async (tx) => {
    const { therapistId } = await lockClaimed(actor, caseId, tx);
    await waitForInfo(actor, caseId, items, tx);
    await tx.insert(caseItems).values(
      items.map(({ checkId, question }) => {
        const id = randomUUID();
        const sealedQuestion = seal(question, itemContext(id));
        return { id, caseId, checkId, sealedQuestion, askedBy: actor.personId };
      }),
    );
    await stopClock(caseId, tx);
    const subject = { kind: "case", id: caseId };
    const details = { items: items.length };
    await appendEvent({ actorId: actor.personId, verb: "case.ask", subject, details }, tx);
    await tellTherapist(therapistId, items.length, tx);
  });
}

async function waitForInfo(
  actor: Actor,
  caseId: string,
  items: readonly AskedItem[],
  tx: Db,
): Promise<void> {
  const wanted = [...new Set(items.flatMap(({ checkId }) => checkId ?? []))];
  if (wanted.length === 0) return;
  const waiting = await tx
    .update(checks)
    .set({ state: "needs-info" })
    .where(
      and(
        inArray(checks.id, wanted),
        eq(checks.caseId, caseId),
        inArray(checks.state, [...openCheckStates]),
        inArray(checks.track, [...tracksFor(actor.roles)]),
      ),
    )
    .returning({ id: checks.id });
  if (waiting.length < wanted.length) throw new NotFoundError();
}

async function tellTherapist(therapistId: string, count: number, tx: Db): Promise<void> {
  const to = await getMailTo(therapistId, tx);
  const params = { count, url: siteAddress("/account/questions", to.locale) };
  await enqueueMail({ kind: "questions-asked", params, ...to }, tx);
}
