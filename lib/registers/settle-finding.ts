import { and, eq } from "drizzle-orm";
import { type Db, primary } from "#db/client.ts";
import { registerFindings } from "#db/schema/registers.ts";
import { checks } from "#db/schema/vetting.ts";
import { appendEvent } from "#lib/audit/append-event.ts";
import type { Actor } from "#lib/auth/rules.ts";
import { lockClaimed } from "#lib/cases/access.ts";
import { ConflictError, NotFoundError } from "#lib/errors.ts";
import { requireRegisterKeeper } from "./access.ts";

/**
 * Says of a finding that it is about this person, or that it is not: the check stays as it is, and
 * deciding it is a step of its own. @param use false to put it aside
 * @throws NotFoundError; ConflictError `not-claimed`, or `changed-elsewhere` when it was settled
 */
export async function settleFinding(
  actor: Actor,
  { findingId, use }: { findingId: string; use: boolean },
  db: Db = primary(),
): Promise<void> {
  requireRegisterKeeper(actor);
  await db.transaction(async (tx) => {
    await lockClaimed(actor, await caseOf(findingId, tx), tx);
    const [settled] = await tx
      .update(registerFindings)
      .set({
        state: use ? "used" : "dismissed",
        settledBy: actor.personId,
        settledAt: new Date(),
      })
      .where(and(eq(registerFindings.id, findingId), eq(registerFindings.state, "proposed")))
      .returning({ sourceId: registerFindings.sourceId });
    if (!settled) throw new ConflictError("changed-elsewhere");
    await appendEvent(
      {
        actorId: actor.personId,
        verb: use ? "register.use" : "register.dismiss",
        subject: { kind: "finding", id: findingId },
        details: { source: settled.sourceId },
      },
      tx,
    );
  });
}

async function caseOf(findingId: string, tx: Db): Promise<string> {
  const [found] = await tx
    .select({ caseId: checks.caseId })
    .from(registerFindings)
    .innerJoin(checks, eq(checks.id, registerFindings.checkId))
    .where(eq(registerFindings.id, findingId));
  if (!found?.caseId) throw new NotFoundError();
  return found.caseId;
}
