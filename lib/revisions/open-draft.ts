import { randomBytes } from "node:crypto";
import { and, desc, eq } from "drizzle-orm";
import type { Db } from "#db/client.ts";
import { people } from "#db/schema/accounts.ts";
import {
  contactWays,
  disclosureCards,
  practiceLocations,
  practiceStatements,
  profileRevisions,
  revisionTerms,
  revisionTopics,
  therapists,
} from "#db/schema/profiles.ts";
import { editableRevisionStates } from "#db/vocabulary.ts";
import type { Actor } from "#lib/auth/rules.ts";
import { lockTherapists } from "#lib/cases/access.ts";
import { ConflictError, NotFoundError } from "#lib/errors.ts";
import { todayUtc } from "#lib/vetting/rules.ts";

export type Draft = { therapistId: string; revisionId: string };

/**
 * The revision that the actor may write in, inside the caller's transaction. Opens one by copying
 * what is live, else what was refused last, or an empty one for someone new; everything else waits
 * until the caller is done.
 * @throws ConflictError while a revision lies with the moderators
 */
export async function requireDraft(actor: Actor, tx: Db): Promise<Draft> {
  const therapistId = await requireTherapist(actor, tx);
  const revisions = await tx
    .select({
      id: profileRevisions.id,
      state: profileRevisions.state,
      number: profileRevisions.number,
    })
    .from(profileRevisions)
    .where(eq(profileRevisions.therapistId, therapistId))
    .orderBy(desc(profileRevisions.number));
  const open = revisions.find(({ state }) =>
    editableRevisionStates.some((editable) => editable === state),
  );
  if (open) return { therapistId, revisionId: open.id };
  if (revisions.some(({ state }) => state === "submitted")) {
    throw new ConflictError("already-submitted");
  }
  const live = revisions.find(({ state }) => state === "live");
  const from = live ?? revisions.find(({ state }) => state === "rejected");
  const number = (revisions[0]?.number ?? 0) + 1;
  const revisionId = from
    ? await copyRevision(from.id, number, tx)
    : await emptyRevision(therapistId, number, tx);
  return { therapistId, revisionId };
}

/** The actor's own row, made on first need, and locked: two tabs write one after the other. */
async function requireTherapist({ personId, roles }: Actor, tx: Db): Promise<string> {
  if (!roles.includes("therapist")) throw new NotFoundError();
  const [own] = await lockTherapists(eq(therapists.personId, personId), tx);
  return own ?? firstTherapist(personId, tx);
}

/** Not before the lock was tried: every write to the table waits for the one count of changes. */
async function firstTherapist(personId: string, tx: Db): Promise<string> {
  const self = tx.select({ id: people.id }).from(people).where(eq(people.id, personId));
  await self.for("no key update");
  const [meanwhile] = await lockTherapists(eq(therapists.personId, personId), tx);
  if (meanwhile) return meanwhile;
  const slug = `t-${randomBytes(6).toString("hex")}`;
  const [made] = await tx
    .insert(therapists)
    .values({ personId, slug, confirmedOn: todayUtc() })
    .returning({ id: therapists.id });
  if (!made) throw new NotFoundError();
  return made.id;
}

async function emptyRevision(therapistId: string, number: number, tx: Db): Promise<string> {
  const [made] = await tx
    .insert(profileRevisions)
    .values({ therapistId, number })
    .returning({ id: profileRevisions.id });
  return made?.id ?? "";
}

async function copyRevision(fromId: string, number: number, tx: Db): Promise<string> {
  const [from] = await tx.select().from(profileRevisions).where(eq(profileRevisions.id, fromId));
  if (!from) throw new NotFoundError();
  const { id, createdAt, publishedOn, submittedAt, ...words } = from;
  const [made] = await tx
    .insert(profileRevisions)
    .values({ ...words, number, state: "draft" })
    .returning({ id: profileRevisions.id });
  const revisionId = made?.id ?? "";
  await copyParts(fromId, revisionId, tx);
  return revisionId;
}

async function copyParts(from: string, revisionId: string, tx: Db): Promise<void> {
  const terms = await tx.select().from(revisionTerms).where(eq(revisionTerms.revisionId, from));
  const said = await tx
    .select()
    .from(practiceStatements)
    .where(eq(practiceStatements.revisionId, from));
  const cards = await tx.select().from(disclosureCards).where(eq(disclosureCards.revisionId, from));
  const topics = await tx.select().from(revisionTopics).where(eq(revisionTopics.revisionId, from));
  const rooms = await tx
    .select()
    .from(practiceLocations)
    .where(eq(practiceLocations.revisionId, from));
  const ways = await tx.select().from(contactWays).where(eq(contactWays.revisionId, from));
  const moved = <R extends object>(rows: R[]) => rows.map((row) => ({ ...row, revisionId }));
  const anew = <R extends { id: string }>(rows: R[]) =>
    rows.map(({ id, ...row }) => ({ ...row, revisionId }));
  if (terms.length > 0) await tx.insert(revisionTerms).values(moved(terms));
  if (said.length > 0) await tx.insert(practiceStatements).values(moved(said));
  if (cards.length > 0) await tx.insert(disclosureCards).values(moved(cards));
  if (topics.length > 0) await tx.insert(revisionTopics).values(moved(topics));
  if (rooms.length > 0) await tx.insert(practiceLocations).values(anew(rooms));
  if (ways.length > 0) await tx.insert(contactWays).values(anew(ways));
}

/** Marks a page of the editor as saved once more. @throws ConflictError when another tab was first */
export async function claimTopic(
  { revisionId }: Draft,
  topic: typeof revisionTopics.$inferInsert.topic,
  seenVersion: number,
  tx: Db,
): Promise<void> {
  const moved =
    seenVersion === 0
      ? await tx
          .insert(revisionTopics)
          .values({ revisionId, topic })
          .onConflictDoNothing()
          .returning({ version: revisionTopics.version })
      : await tx
          .update(revisionTopics)
          .set({ version: seenVersion + 1, savedAt: new Date() })
          .where(
            and(
              eq(revisionTopics.revisionId, revisionId),
              eq(revisionTopics.topic, topic),
              eq(revisionTopics.version, seenVersion),
            ),
          )
          .returning({ version: revisionTopics.version });
  if (moved.length === 0) throw new ConflictError("changed-elsewhere");
}
