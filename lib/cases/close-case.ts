import { and, eq, inArray, isNull, sql } from "drizzle-orm";
import type { Db } from "#db/client.ts";
import { cases } from "#db/schema/cases.ts";
import { decisions } from "#db/schema/decisions.ts";
import { evidence } from "#db/schema/evidence.ts";
import { checks } from "#db/schema/vetting.ts";
import { affirmativeCheckStates, type CaseOutcome, openCheckStates } from "#db/vocabulary.ts";
import { appendEvent } from "#lib/audit/append-event.ts";
import { addDays, todayUtc } from "#lib/vetting/rules.ts";
import { unclaimed } from "./claim-case.ts";
import { appealWithinDays, daysRan } from "./rules.ts";

/**
 * Ends a case inside the caller's transaction, which has locked it. Looks that nobody settled are
 * withdrawn, and documents that no open look needs have their last days.
 */
export async function closeCase(
  actorId: string | null,
  caseId: string,
  outcome: CaseOutcome,
  tx: Db,
): Promise<void> {
  const now = new Date();
  const [closed] = await tx
    .update(cases)
    .set({ closedAt: now, outcome, ...unclaimed })
    .where(and(eq(cases.id, caseId), isNull(cases.closedAt)))
    .returning();
  if (!closed) return;
  await withdrawLooks(eq(checks.caseId, caseId), tx);
  if (closed.kind === "submission" && outcome !== "accepted") await forgetWords(caseId, tx);
  await tx
    .update(decisions)
    .set({ state: "declined", answeredAt: now })
    .where(and(eq(decisions.caseId, caseId), eq(decisions.state, "proposed")));
  await letDocumentsGo(closed.therapistId, tx);
  await appendEvent(
    {
      actorId,
      verb: "case.close",
      subject: { kind: "case", id: caseId },
      details: { kind: closed.kind, outcome, days: daysRan(closed, now) },
    },
    tx,
  );
}

/** Ends looks that nobody has settled, with what was proposed about them. */
export async function withdrawLooks(which: ReturnType<typeof and>, tx: Db): Promise<void> {
  const gone = await tx
    .update(checks)
    .set({ state: "withdrawn" })
    .where(and(which, inArray(checks.state, [...openCheckStates])))
    .returning({ id: checks.id });
  if (gone.length === 0) return;
  await tx
    .update(decisions)
    .set({ state: "declined", answeredAt: new Date() })
    .where(
      and(
        inArray(
          decisions.checkId,
          gone.map(({ id }) => id),
        ),
        eq(decisions.state, "proposed"),
      ),
    );
}

/** A yes to statements that never went up says nothing of those that readers see. */
async function forgetWords(caseId: string, tx: Db): Promise<void> {
  const looks = await tx.select().from(checks).where(yesToWords(caseId));
  if (looks.length === 0) return;
  await tx
    .insert(checks)
    .values(
      looks.map(({ id, ...look }) => ({ ...look, state: "withdrawn" as const, supersedesId: id })),
    );
}

/** Looks of a case that say yes to the statements that were sent with it. */
export function yesToWords(caseId: string) {
  return and(
    eq(checks.caseId, caseId),
    eq(checks.claimType, "practice-statements"),
    inArray(checks.state, [...affirmativeCheckStates]),
  );
}

/** Documents of claims that nobody looks at any more, once the days for an appeal are over. */
async function letDocumentsGo(therapistId: string, tx: Db): Promise<void> {
  const lastDay = addDays(todayUtc(), appealWithinDays);
  const open = sql.raw(openCheckStates.map((state) => `'${state}'`).join(", "));
  await tx
    .update(evidence)
    .set({ deleteAfter: lastDay })
    .where(
      and(
        eq(evidence.therapistId, therapistId),
        isNull(evidence.deleteAfter),
        isNull(evidence.destroyedAt),
        sql`not exists (select from checks looked
          where looked.therapist_id = ${therapistId} and looked.state in (${open})
            and looked.claim_type = ${evidence.subject}
            and looked.credential_id is not distinct from ${evidence.credentialId}
            and looked.training_id is not distinct from ${evidence.trainingId})`,
        sql`not exists (select from cases appealed where appealed.therapist_id = ${therapistId}
          and appealed.kind = 'appeal' and appealed.closed_at is null)`,
      ),
    );
}
