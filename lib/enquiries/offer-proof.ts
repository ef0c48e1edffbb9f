import { randomInt } from "node:crypto";
import { createChallenge } from "altcha-lib";
import { deriveKey } from "altcha-lib/algorithms/pbkdf2";
import { and, eq } from "drizzle-orm";
import { type Db, primary } from "#db/client.ts";
import { enquiries } from "#db/schema/enquiries.ts";
import { getVisible } from "#lib/profiles/queries.ts";
import { todayUtc } from "#lib/vetting/rules.ts";
import { type ActiveKey, getActiveKey } from "./active-key.ts";
import { proofSecrets } from "./proof-secrets.ts";
import { effortFor, letterEnd, type Purpose, proofMinutes, usualWork, type Work } from "./rules.ts";
import type { Challenge, ProofRequest } from "./schema.ts";

export type Offer = {
  challenge: Challenge;
  /** Tries that it takes at most, so that a page can say how far the work is. */
  most: number;
  key?: Omit<ActiveKey, "name">;
};

/**
 * A puzzle for one letter, report, look into a mailbox, or burning of it; for a letter with the key
 * to seal it to. The fuller the inbox, the more work. Null where readers see no such therapist, or
 * one without a key. @throws SetupError without a master key
 */
export async function offerProof(
  asked: ProofRequest,
  { now, work = usualWork }: { now: Date; work?: Work },
  db: Db = primary(),
): Promise<Offer | null> {
  if (!("therapist" in asked)) return makeOffer(asked.purpose, work, now);
  if (asked.purpose === "report") {
    const therapist = await getVisible(asked.therapist, todayUtc(now), db);
    if (therapist === null) return null;
    return makeOffer(`report:${therapist.id}`, work, now);
  }
  const found = await getActiveKey(asked.therapist, now, db);
  if (found === null) return null;
  const { name: _, ...key } = found;
  const harder = {
    ...work,
    tries: work.tries * effortFor(await lettersToday(key.therapist, now, db)),
  };
  return { ...(await makeOffer(`write:${key.therapist}`, harder, now)), key };
}

function lettersToday(therapistId: string, now: Date, db: Db): Promise<number> {
  const ofToday = eq(enquiries.expiresOn, letterEnd(todayUtc(now)));
  return db.$count(enquiries, and(eq(enquiries.therapistId, therapistId), ofToday));
}

/** The answer lies within a quarter of the average, so that nobody is out of luck. */
async function makeOffer(purpose: Purpose, { iterations, tries }: Work, now: Date): Promise<Offer> {
  const spread = Math.floor(tries / 4);
  const made = await createChallenge({
    algorithm: "PBKDF2/SHA-256",
    cost: iterations,
    counter: randomInt(tries - spread, tries + spread + 1),
    data: { purpose },
    deriveKey,
    expiresAt: new Date(now.getTime() + proofMinutes * 60_000),
    ...proofSecrets(),
  });
  return { challenge: made as Challenge, most: tries + spread + 1 };
}
