import { and, eq, inArray } from "drizzle-orm";
import { type Db, primary } from "#db/client.ts";
import { enquiries } from "#db/schema/enquiries.ts";
import { reminders } from "#db/schema/mails.ts";
import type { Actor } from "#lib/auth/rules.ts";
import { NotFoundError } from "#lib/errors.ts";
import { requireOwnListing } from "./access.ts";
import { toldSubject } from "./rules.ts";

/**
 * Deletes letters that their therapist is done with; answers stay for whoever they are for. As with
 * answers, the log hears nothing. @throws NotFoundError when none of them is there and theirs
 */
export async function closeEnquiry(
  actor: Actor,
  enquiryIds: readonly string[],
  db: Db = primary(),
): Promise<void> {
  const therapistId = await requireOwnListing(actor, db);
  await db.transaction(async (tx) => {
    const own = and(inArray(enquiries.id, [...enquiryIds]), eq(enquiries.therapistId, therapistId));
    const closed = await tx.delete(enquiries).where(own).returning({ id: enquiries.id });
    if (closed.length === 0) throw new NotFoundError();
    const told = closed.map(({ id }) => toldSubject(id));
    await tx.delete(reminders).where(inArray(reminders.subject, told));
  });
}
