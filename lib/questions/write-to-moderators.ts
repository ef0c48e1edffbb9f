import { randomUUID } from "node:crypto";
import { and, eq, gt, inArray, sql } from "drizzle-orm";
import { type Db, primary } from "#db/client.ts";
import { cases } from "#db/schema/cases.ts";
import { caseMessages } from "#db/schema/decisions.ts";
import { appendEvent } from "#lib/audit/append-event.ts";
import type { Actor } from "#lib/auth/rules.ts";
import { messageContext } from "#lib/cases/rules.ts";
import { ConflictError, NotFoundError } from "#lib/errors.ts";
import { seal } from "#lib/sealing/seal.ts";
import { lockOwnTherapist, toldOf } from "./access.ts";
import { mostMessagesADay } from "./rules.ts";

/**
 * Writes to whoever works on an open case of the actor's own. Sealed, and read there alone.
 * @throws NotFoundError, ConflictError `already-decided` when it is closed, `too-many` a day
 */
export async function writeToModerators(
  actor: Actor,
  { caseId, words }: { caseId: string; words: string },
  db: Db = primary(),
): Promise<void> {
  await db.transaction(async (tx) => {
    const therapistId = await lockOwnTherapist(actor, tx);
    const [found] = await tx
      .select({ closedAt: cases.closedAt })
      .from(cases)
      .where(and(eq(cases.id, caseId), toldOf(actor)))
      .for("update");
    if (!found) throw new NotFoundError();
    if (found.closedAt) throw new ConflictError("already-decided");
    if ((await countOfToday(therapistId, tx)) >= mostMessagesADay)
      throw new ConflictError("too-many");
    const id = randomUUID();
    await tx.insert(caseMessages).values({
      id,
      caseId,
      kind: "from-therapist",
      writtenBy: actor.personId,
      sealedBody: seal(words, messageContext(id)),
    });
    const subject = { kind: "case", id: caseId };
    await appendEvent({ actorId: actor.personId, verb: "case.reply", subject }, tx);
  });
}

function countOfToday(therapistId: string, tx: Db): Promise<number> {
  const own = tx.select({ id: cases.id }).from(cases).where(eq(cases.therapistId, therapistId));
  return tx.$count(
    caseMessages,
    and(
      inArray(caseMessages.caseId, own),
      eq(caseMessages.kind, "from-therapist"),
      gt(caseMessages.writtenAt, sql`now() - interval '24 hours'`),
    ),
  );
}
