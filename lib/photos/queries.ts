import { and, eq, sql } from "drizzle-orm";
import { type Db, primary } from "#db/client.ts";
import { cases } from "#db/schema/cases.ts";
import { photos, profileRevisions, therapists } from "#db/schema/profiles.ts";
import type { Actor } from "#lib/auth/rules.ts";
import { claimedBy, openTo } from "#lib/cases/access.ts";
import { isOwnToSee, ownFirst } from "#lib/profiles/own-revision.ts";
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

/** A photo of someone whose case the actor has claimed: it is looked at before readers see it. */
export async function isPhotoOfClaimed(
  id: string,
  actor: Actor,
  db: Db = primary(),
): Promise<boolean> {
  const found = await db
    .select({ id: photos.id })
    .from(photos)
    .innerJoin(cases, eq(cases.therapistId, photos.therapistId))
    .where(and(eq(photos.id, id), claimedBy(actor), openTo(actor)));
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
    .where(and(eq(therapists.personId, actor.personId), isOwnToSee))
    .orderBy(...ownFirst)
    .limit(1);
  if (!newest) return { photoId: null, name: "", frozen: false };
  return {
    photoId: newest.photoId,
    name: newest.name,
    frozen: newest.state === "submitted",
  };
}
