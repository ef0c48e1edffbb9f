import { and, asc, eq } from "drizzle-orm";
import type { Db } from "#db/client.ts";
import { people } from "#db/schema/accounts.ts";
import { caseItems, caseMessages } from "#db/schema/decisions.ts";
import { checks } from "#db/schema/vetting.ts";
import type { CheckTrack } from "#db/vocabulary.ts";
import { itemColumns, messageColumns, openItem, openMessage } from "#lib/cases/open-words.ts";

export type AskedItemView = Awaited<ReturnType<typeof loadItems>>[number];
export type MessageView = Awaited<ReturnType<typeof loadMessages>>[number];

/**
 * What the therapist was asked in a case, and what they answered; oldest first.
 * @param tracks those who look at one of them alone see what belongs to it
 */
export async function loadItems(caseId: string, tracks: readonly CheckTrack[], db: Db) {
  const rows = await db
    .select({
      ...itemColumns,
      track: checks.track,
      askedBy: people.name,
    })
    .from(caseItems)
    .leftJoin(checks, eq(checks.id, caseItems.checkId))
    .leftJoin(people, eq(people.id, caseItems.askedBy))
    .where(eq(caseItems.caseId, caseId))
    .orderBy(asc(caseItems.askedAt), asc(caseItems.id));
  const all = tracks.includes("identity");
  return rows
    .filter(({ track }) => all || (track !== null && tracks.includes(track)))
    .map(openItem);
}

/** Messages both ways and private notes, oldest first. @param writtenBy null: by anyone */
export async function loadMessages(caseId: string, writtenBy: string | null, db: Db) {
  const rows = await db
    .select({ ...messageColumns, writer: people.name })
    .from(caseMessages)
    .leftJoin(people, eq(people.id, caseMessages.writtenBy))
    .where(
      and(
        eq(caseMessages.caseId, caseId),
        writtenBy === null ? undefined : eq(caseMessages.writtenBy, writtenBy),
      ),
    )
    .orderBy(asc(caseMessages.writtenAt), asc(caseMessages.id));
  return rows.map(openMessage);
}
