import { and, desc, eq, lte } from "drizzle-orm";
import { type Db, primary } from "#db/client.ts";
import { enquiryKeys } from "#db/schema/enquiries.ts";
import { fingerprint } from "#lib/letters/keys.ts";
import { getVisible } from "#lib/profiles/queries.ts";
import { todayUtc } from "#lib/vetting/rules.ts";

export type ActiveKey = {
  /** Id of the therapist, which goes into each letter. */
  therapist: string;
  name: string;
  /** An age recipient, and its fingerprint. */
  recipient: string;
  fingerprint: string;
};

/** The key that letters to a therapist are sealed to; null where readers see none of theirs today. */
export async function getActiveKey(
  slug: string,
  now: Date,
  db: Db = primary(),
): Promise<ActiveKey | null> {
  const therapist = await getVisible(slug, todayUtc(now), db);
  if (therapist === null) return null;
  const [newest] = await db
    .select({ recipient: enquiryKeys.recipient, withdrawnAt: enquiryKeys.withdrawnAt })
    .from(enquiryKeys)
    .where(and(eq(enquiryKeys.therapistId, therapist.id), lte(enquiryKeys.activeFrom, now)))
    .orderBy(desc(enquiryKeys.activeFrom), enquiryKeys.id)
    .limit(1);
  // Taking the newest back brings no older one to life: that may be lost, or in wrong hands.
  if (!newest || newest.withdrawnAt !== null) return null;
  return {
    therapist: therapist.id,
    name: therapist.name,
    recipient: newest.recipient,
    fingerprint: await fingerprint(newest.recipient),
  };
}
