import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { and, eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { people } from "#db/schema/accounts.ts";
import { auditEvents } from "#db/schema/audit.ts";
import { photos, profileRevisions, therapists } from "#db/schema/profiles.ts";
import { type RevisionState, revisionStates, roles } from "#db/vocabulary.ts";
import type { Actor } from "#lib/auth/rules.ts";
import { readConfig } from "#lib/config.ts";
import { seedDemo } from "#lib/demo/seed-demo.ts";
import { ConflictError, NotFoundError, UnavailableError } from "#lib/errors.ts";
import { getPublicProfile } from "#lib/profiles/queries.ts";
import { visibleOn } from "#lib/profiles/visible.ts";
import { loadReference } from "#lib/reference/load-reference.ts";
import { openStore } from "#lib/storage/open-store.ts";
import type { Store } from "#lib/storage/store.ts";
import { addDays, todayUtc } from "#lib/vetting/rules.ts";
import { makeJpeg, makePng } from "../../tests/support/files/pictures.ts";
import { testDatabase } from "../../tests/support/test-database.ts";
import { getOwnPhoto, isOwnPhoto, isPublicPhoto } from "./queries.ts";
import { removePhoto } from "./remove-photo.ts";
import { photoRefs } from "./rules.ts";
import { setPhoto } from "./set-photo.ts";
import { sweepStrayPhotos } from "./sweep-stray-photos.ts";

const database = testDatabase();
const today = todayUtc();
const tomorrow = () => new Date(Date.now() + 25 * 60 * 60 * 1000);
let dataDir = "";
let store: Store;
let picture: Buffer;
let ana: Actor;
let ben: Actor;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "parasol-photos-"));
  store = openStore(readConfig({ DATA_DIR: dataDir }));
  picture = await makePng({ width: 40, height: 30 });
  await loadReference(database.db);
});
afterAll(async () => {
  await rm(dataDir, { recursive: true, force: true });
});
beforeEach(async () => {
  await database.sql`truncate people cascade`;
  for (const { ref } of await store.list("photos/")) await store.delete(ref);
  ana = await makePerson("ana");
  ben = await makePerson("ben");
});

async function makePerson(name: string): Promise<Actor> {
  const personId = randomUUID();
  await database.db.insert(people).values({ id: personId, email: `${name}@mail.example` });
  return { personId, roles: ["therapist"] };
}

const set = (actor: Actor, bytes: Uint8Array = picture, into = store) =>
  setPhoto(actor, { bytes }, database.db, into);
const remove = (actor: Actor) => removePhoto(actor, database.db, store);
const own = (actor: Actor) => getOwnPhoto(actor, database.db);
const files = async () => (await store.list("photos/")).map(({ ref }) => ref).toSorted();
const rows = async () => (await database.db.select({ id: photos.id }).from(photos)).length;

/** Moves the newest revision on, as the moderators' commands will. */
async function moveTo(actor: Actor, state: RevisionState): Promise<void> {
  const words = { displayName: "A", headline: "B", approach: "C", about: "D" };
  await database.db
    .update(profileRevisions)
    .set({ state, ...words, publishedOn: today })
    .where(
      sql`${profileRevisions.id} = (select r.id from profile_revisions r
        join therapists t on t.id = r.therapist_id
        where t.person_id = ${actor.personId} order by r.number desc limit 1)`,
    );
}

test("a photo lies in six files and on the open revision, and is its owner's alone", async () => {
  const id = await set(ana);
  expect(await files()).toEqual(photoRefs(id).toSorted());
  expect(await own(ana)).toMatchObject({ photoId: id, frozen: false });
  expect(await isOwnPhoto(id, ana, database.db)).toBe(true);
  expect(await isOwnPhoto(id, ben, database.db)).toBe(false);
  expect(await isPublicPhoto(id, today, database.db)).toBe(false);
  expect(await own(ben)).toEqual({ photoId: null, name: "", frozen: false });
  const verbs = await database.db.select({ verb: auditEvents.verb }).from(auditEvents);
  expect(verbs.map(({ verb }) => verb)).toContain("photo.set");
});

test("a new one takes the place of the old, which is gone at once", async () => {
  await set(ana);
  const id = await set(ana, await makeJpeg());
  expect(await files()).toEqual(photoRefs(id).toSorted());
  expect(await rows()).toBe(1);
});

test("what readers see stays until the next revision is live, and goes with history", async () => {
  const first = await set(ana);
  await moveTo(ana, "live");
  const second = await set(ana);
  expect((await files()).length).toBe(12);
  expect(await own(ana)).toMatchObject({ photoId: second });
  await remove(ana);
  expect(await files()).toEqual(photoRefs(first).toSorted());
  expect(await own(ana)).toMatchObject({ photoId: null });
  await database.sql`update profile_revisions set state = 'superseded' where state = 'live'`;
  expect(await sweepStrayPhotos(tomorrow(), database.db, store)).toBe(6);
  expect([await files(), await rows()]).toEqual([[], 0]);
});

test("the sweep leaves alone what is young, shown, or on its way", async () => {
  const id = await set(ana);
  await store.put(`photos/${randomUUID()}/192.avif`, Buffer.from("half a photo"));
  expect(await sweepStrayPhotos(new Date(), database.db, store)).toBe(0);
  expect(await sweepStrayPhotos(tomorrow(), database.db, store)).toBe(1);
  expect(await files()).toEqual(photoRefs(id).toSorted());
});

test.each(revisionStates)("while the newest revision is %s", async (state) => {
  const before = await set(ana);
  await moveTo(ana, state);
  if (state === "submitted") {
    await expect(set(ana)).rejects.toBeInstanceOf(ConflictError);
    await expect(remove(ana)).rejects.toBeInstanceOf(ConflictError);
    expect(await own(ana)).toMatchObject({ photoId: before, frozen: true });
    expect(await files()).toEqual(photoRefs(before).toSorted());
  } else {
    const after = await set(ana);
    expect(await own(ana)).toMatchObject({ photoId: after, frozen: false });
  }
});

test.each(roles)("as %s", async (role) => {
  const actor: Actor = { ...ana, roles: [role] };
  if (role === "therapist") await set(actor);
  else await expect(set(actor)).rejects.toBeInstanceOf(NotFoundError);
  expect((await files()).length).toBe(role === "therapist" ? 6 : 0);
});

describe("what breaks off leaves nothing", () => {
  test("a file that is no picture", async () => {
    await expect(set(ana, Buffer.from("%PDF-1.7"))).rejects.toMatchObject({
      code: "not-a-document",
    });
    expect([await files(), await rows()]).toEqual([[], 0]);
  });

  test("a store that goes down in the middle", async () => {
    let left = 3;
    const failing: Store = {
      ...store,
      put: async (ref, bytes) => {
        if (left === 0) throw new UnavailableError("storage");
        left -= 1;
        await store.put(ref, bytes);
      },
    };
    await expect(set(ana, picture, failing)).rejects.toBeInstanceOf(UnavailableError);
    expect([await files(), await rows()]).toEqual([[], 0]);
  });

  test("a revision that is submitted meanwhile", async () => {
    const slow: Store = {
      ...store,
      put: async (ref, bytes) => {
        await moveTo(ana, "submitted");
        await store.put(ref, bytes);
      },
    };
    await expect(set(ana, picture, slow)).rejects.toBeInstanceOf(ConflictError);
    expect([await files(), await rows()]).toEqual([[], 0]);
  });
});

test("readers see a photo as long as they may see whose it is, and not a day longer", async () => {
  await seedDemo(database.db, { therapists: 30, today });
  const [visible] = await database.db
    .select({ id: therapists.id, slug: therapists.slug, personId: therapists.personId })
    .from(therapists)
    .where(visibleOn(today))
    .limit(1);
  if (!visible) throw new Error("nobody is visible");
  const actor: Actor = { personId: visible.personId, roles: ["therapist"] };
  const id = await set(actor);
  const isPublic = (day = today) => isPublicPhoto(id, day, database.db);
  expect(await isPublic()).toBe(false);
  await database.db
    .update(profileRevisions)
    .set({ photoId: id })
    .where(and(eq(profileRevisions.therapistId, visible.id), eq(profileRevisions.state, "live")));
  expect(await isPublic()).toBe(true);
  expect((await getPublicProfile(visible.slug, today, database.db))?.photoId).toBe(id);
  expect(await isPublic(addDays(today, 1_000))).toBe(false);
  await database.db
    .update(therapists)
    .set({ listingState: "suspended" })
    .where(eq(therapists.id, visible.id));
  expect(await isPublic()).toBe(false);
});
