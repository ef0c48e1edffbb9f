import { and, eq, isNull, lt } from "drizzle-orm";
import type { Db } from "#db/client.ts";
import { passkeyChallenges } from "#db/schema/accounts.ts";

const LIFE_MS = 5 * 60_000;

/**
 * Remembers what a passkey has to sign, for five minutes.
 * @param personId null while we do not know who signs in
 * @returns the id of the ceremony, to be sent back with the answer
 */
export async function keepChallenge(
  challenge: string,
  personId: string | null,
  db: Db,
): Promise<string> {
  const now = Date.now();
  await db.delete(passkeyChallenges).where(lt(passkeyChallenges.expires, new Date(now)));
  const [kept] = await db
    .insert(passkeyChallenges)
    .values({ challenge, personId, expires: new Date(now + LIFE_MS) })
    .returning({ id: passkeyChallenges.id });
  if (!kept) throw new Error("the challenge was not written");
  return kept.id;
}

/** Takes a challenge out, right or wrong answer: none is asked twice. Null when it is not there. */
export async function takeChallenge(
  id: string,
  personId: string | null,
  db: Db,
): Promise<string | null> {
  const { id: ids, personId: owner } = passkeyChallenges;
  const own = personId === null ? isNull(owner) : eq(owner, personId);
  const [taken] = await db
    .delete(passkeyChallenges)
    .where(and(eq(ids, id), own))
    .returning();
  return taken && taken.expires > new Date() ? taken.challenge : null;
}
