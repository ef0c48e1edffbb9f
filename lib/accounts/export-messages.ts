import { eq } from "drizzle-orm";
import type { Db } from "#db/client.ts";
import { abuseNotes, enquiries, enquiryKeys } from "#db/schema/enquiries.ts";
import { abuseContext } from "#lib/enquiries/rules.ts";
import { unseal } from "#lib/sealing/seal.ts";

/**
 * The therapist's own part of sealed letters. The letters themselves are no part of it: whoever wrote
 * them was told that they are gone after some days, and a file would keep them for good.
 */
export async function exportMessages(therapistId: string, db: Db) {
  const notes = await db
    .select({
      id: abuseNotes.id,
      receivedOn: abuseNotes.receivedOn,
      sealedWords: abuseNotes.sealedWords,
      settledOn: abuseNotes.settledOn,
    })
    .from(abuseNotes)
    .where(eq(abuseNotes.therapistId, therapistId));
  return {
    messageKeys: await db
      .select({
        recipient: enquiryKeys.recipient,
        createdAt: enquiryKeys.createdAt,
        activeFrom: enquiryKeys.activeFrom,
        withdrawnAt: enquiryKeys.withdrawnAt,
      })
      .from(enquiryKeys)
      .where(eq(enquiryKeys.therapistId, therapistId)),
    lettersWaiting: await db.$count(enquiries, eq(enquiries.therapistId, therapistId)),
    shownToModerators: notes.map(({ sealedWords, ...note }) => ({
      ...note,
      words: sealedWords === null ? null : unseal(sealedWords, abuseContext(note.id)),
    })),
  };
}
