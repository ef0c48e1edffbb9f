import { and, eq } from "drizzle-orm";
import { type Db, primary } from "#db/client.ts";
import { insurances } from "#db/schema/credentials.ts";
import { appendEvent } from "#lib/audit/append-event.ts";
import type { Actor } from "#lib/auth/rules.ts";
import { ConflictError } from "#lib/errors.ts";
import { requireDraft } from "#lib/revisions/open-draft.ts";

export type Insurance = { insurer: string; expiresOn: string };

/**
 * Says by whom a therapist is insured and until when; moderators see it, readers never do.
 * @param seen the claim version that the form was made from; 0 for none
 */
export async function saveInsurance(
  actor: Actor,
  { seen, insurance }: { seen: number; insurance: Insurance },
  db: Db = primary(),
): Promise<void> {
  await db.transaction(async (tx) => {
    const { therapistId } = await requireDraft(actor, tx);
    const saved =
      seen === 0
        ? await tx
            .insert(insurances)
            .values({ therapistId, ...insurance })
            .onConflictDoNothing()
            .returning()
        : await tx
            .update(insurances)
            .set({ ...insurance, claimVersion: seen + 1 })
            .where(and(eq(insurances.therapistId, therapistId), eq(insurances.claimVersion, seen)))
            .returning();
    if (saved.length === 0) throw new ConflictError("changed-elsewhere");
    await appendEvent(
      {
        actorId: actor.personId,
        verb: "insurance.save",
        subject: { kind: "therapist", id: therapistId },
      },
      tx,
    );
  });
}
