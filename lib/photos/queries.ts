import { and, desc, eq, inArray, sql } from "drizzle-orm";
import { type Db, primary } from "#db/client.ts";
import { photos, profileRevisions, therapists } from "#db/schema/profiles.ts";
import { standingRevisionStates } from "#db/vocabulary.ts";
import type { Actor } from "#lib/auth/rules.ts";
import { visibleOn } from "#lib/profiles/visible.ts";
import type { Day } from "#lib/vetting/rules.ts";

/** Whether readers may see a photo today: a live revision shows it, of someone whom they may see. */
export async function isPublicPhoto(id: string, today: Day, db: Db = primary()): Promise<boolean> {
  const found = await db
    .select({ id: profileRevisions.photoId })
    .from(profileRevisions)
    .innerJoin(therapists, eq(therapists.id, profileRevisions.therapistId))
    .where(
      and(eq(profileRevisions.photoId, id), eq(profileRevisions.state, "live"), visibleOn(today)),
    );
  return found.length > 0;
}

export async function isOwnPhoto(id: string, actor: Actor, db: Db = primary()): Promise<boolean> {
  const found = await db
    .select({ id: photos.id })
    .from(photos)
    .innerJoin(therapists, eq(therapists.id, photos.therapistId))
    .where(and(eq(photos.id, id), eq(therapists.personId, actor.personId)));
  return found.length > 0;
}

/** The photo of the actor's newest revision, the name beside it, and whether moderators have it. */
export async function getOwnPhoto(
  actor: Actor,
  db: Db = primary(),
): Promise<{ photoId: string | null; name: string; frozen: boolean }> {
  const [newest] = await db
    .select({
      photoId: profileRevisions.photoId,
      name: sql<string>`coalesce(${profileRevisions.displayName}, '')`,
      state: profileRevisions.state,
    })
    .from(profileRevisions)
    .innerJoin(therapists, eq(therapists.id, profileRevisions.therapistId))
    .where(
      and(
        eq(therapists.personId, actor.personId),
        inArray(profileRevisions.state, [...standingRevisionStates]),
      ),
    )
    .orderBy(desc(profileRevisions.number))
    .limit(1);
  if (!newest) return { photoId: null, name: "", frozen: false };
  return {
    photoId: newest.photoId,
    name: newest.name,
    frozen: newest.state === "submitted",
  };
}
