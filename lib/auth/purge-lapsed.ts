import { lt } from "drizzle-orm";
import { type Db, primary } from "#db/client.ts";
import {
  addressChanges,
  failedAttempts,
  passkeyChallenges,
  sessions,
  verificationTokens,
} from "#db/schema/accounts.ts";

const FORGIVEN_AFTER_MS = 24 * 60 * 60_000;

/**
 * Deletes what has lapsed: sessions, links and the addresses they were for, unanswered challenges,
 * changes of address that were not confirmed, and wrong codes of a day ago. For a job, every hour.
 */
export async function purgeLapsed(now: Date, db: Db = primary()): Promise<void> {
  await db.delete(sessions).where(lt(sessions.expires, now));
  await db.delete(verificationTokens).where(lt(verificationTokens.expires, now));
  await db.delete(passkeyChallenges).where(lt(passkeyChallenges.expires, now));
  await db.delete(addressChanges).where(lt(addressChanges.expires, now));
  const forgiven = new Date(now.getTime() - FORGIVEN_AFTER_MS);
  await db.delete(failedAttempts).where(lt(failedAttempts.lastAt, forgiven));
}
