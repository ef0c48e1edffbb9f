import { and, eq } from "drizzle-orm";
import type { Db } from "#db/client.ts";
import { sessions } from "#db/schema/accounts.ts";
import type { Actor } from "./rules.ts";

/** Notes that a session of the actor's own has shown a second factor. */
export async function markSecondFactor(
  { personId }: Actor,
  sessionKey: string,
  now: Date,
  db: Db,
): Promise<void> {
  await db
    .update(sessions)
    .set({ secondFactorAt: now })
    .where(and(eq(sessions.sessionToken, sessionKey), eq(sessions.userId, personId)));
}
