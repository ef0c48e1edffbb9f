import { and, eq, inArray, sql } from "drizzle-orm";
import type { Db } from "#db/client.ts";
import { registerFindings } from "#db/schema/registers.ts";
import { appendEvent } from "#lib/audit/append-event.ts";
import { listHashKeys } from "#lib/sealing/kept-hash.ts";
import type { Proposal } from "./connector.ts";
import { hashesOf, hashOf, sealFacts } from "./seal-facts.ts";

/** Where a finding belongs. */
export type FindingPlace = {
  therapistId: string;
  sourceId: string;
  checkId: string;
  credentialId: string | null;
};

/**
 * Writes down what a register seems to say, inside the caller's transaction and under its lock.
 * The same answer about the same check is one finding, however often it comes.
 */
export async function writeFindings(
  place: FindingPlace,
  proposals: readonly Proposal[],
  tx: Db,
): Promise<void> {
  if (proposals.length === 0) return;
  const keys = await listHashKeys(tx);
  for (const { facts, ...proposal } of proposals) {
    const factsHash = hashOf(place.sourceId, { facts, ...proposal });
    const known = hashesOf(place.sourceId, { facts, ...proposal }, keys);
    const again = await tx
      .update(registerFindings)
      .set({ sourceAsOf: proposal.sourceAsOf })
      .where(
        and(
          eq(registerFindings.checkId, place.checkId),
          eq(registerFindings.sourceId, place.sourceId),
          inArray(registerFindings.factsHash, known),
        ),
      )
      .returning({ id: registerFindings.id });
    if (again.length > 0) continue;
    const [made] = await tx
      .insert(registerFindings)
      .values({ ...place, ...proposal, facts: sealFacts(place.therapistId, facts), factsHash })
      .returning({ id: registerFindings.id });
    await appendEvent(
      {
        actorId: null,
        verb: "register.propose",
        subject: { kind: "finding", id: made?.id ?? "" },
        details: { source: place.sourceId, strength: proposal.strength },
      },
      tx,
    );
  }
}

/** Two jobs about one therapist write one after the other; nothing else waits for them. */
export async function lockFindings(therapistId: string, tx: Db): Promise<void> {
  await tx.execute(
    sql`select pg_advisory_xact_lock(hashtextextended(${`findings:${therapistId}`}, 0))`,
  );
}
