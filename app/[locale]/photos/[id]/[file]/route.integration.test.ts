import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { and, eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { photos, profileRevisions, therapists } from "#db/schema/profiles.ts";
import { seedDemo } from "#lib/demo/seed-demo.ts";
import { photoRef, photoRefs } from "#lib/photos/rules.ts";
import { visibleOn } from "#lib/profiles/visible.ts";
import { loadReference } from "#lib/reference/load-reference.ts";
import { openStore } from "#lib/storage/open-store.ts";
import { todayUtc } from "#lib/vetting/rules.ts";
import { testDatabase } from "../../../../../tests/support/test-database.ts";

const database = testDatabase();
const id = randomUUID();
const before = { ...process.env };
let dataDir = "";
let therapistId = "";

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "parasol-served-"));
  Object.assign(process.env, { DATABASE_URL: database.url, DATA_DIR: dataDir });
  await loadReference(database.db);
  await seedDemo(database.db, { therapists: 30, today: todayUtc() });
  const [visible] = await database.db
    .select({ id: therapists.id })
    .from(therapists)
    .where(visibleOn(todayUtc()))
    .limit(1);
  therapistId = visible?.id ?? "";
  await database.db.insert(photos).values({ id, therapistId });
  await database.db
    .update(profileRevisions)
    .set({ photoId: id })
    .where(and(eq(profileRevisions.therapistId, therapistId), eq(profileRevisions.state, "live")));
});
beforeEach(async () => {
  for (const ref of photoRefs(id)) {
    await openStore().delete(ref);
    await openStore().put(ref, Buffer.from(ref));
  }
});
afterAll(async () => {
  const { primaryConnection } = await import("#db/client.ts");
  await primaryConnection().sql.end({ timeout: 1 });
  Object.assign(process.env, before);
  await rm(dataDir, { recursive: true, force: true });
});

async function ask(photo: string, file: string): Promise<Response> {
  const { GET } = await import("./route.ts");
  const request = new Request(`http://127.0.0.1/photos/${photo}/${file}`);
  return GET(request, { params: Promise.resolve({ id: photo, file }) });
}

test.each([
  ["192.avif", "image/avif"],
  ["640.webp", "image/webp"],
  ["640.jpg", "image/jpeg"],
])("readers get %s of someone whom they may see, for a day, and no cookie", async (file, type) => {
  const answer = await ask(id, file);
  expect([answer.status, await answer.text()]).toEqual([200, photoRef(id, file)]);
  expect(answer.headers.get("content-type")).toBe(type);
  expect(answer.headers.get("cache-control")).toBe("public, max-age=86400");
  expect(answer.headers.get("set-cookie")).toBeNull();
  expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
  expect(answer.headers.get("content-security-policy")).toBe("default-src 'none'; sandbox");
});

test.each([
  ["another photo", randomUUID(), "192.avif"],
  ["another file", id, "192.png"],
  ["what is no photo", "..", "192.avif"],
])("%s is not there, and nobody keeps that", async (_name, photo, file) => {
  const answer = await ask(photo, file);
  expect([answer.status, await answer.text()]).toEqual([404, ""]);
  expect(answer.headers.get("cache-control")).toBe("no-store");
});

test("a photo whose files are gone is not there", async () => {
  for (const ref of photoRefs(id)) await openStore().delete(ref);
  expect((await ask(id, "192.avif")).status).toBe(404);
});

test("a photo goes with its therapist, at once", async () => {
  const setState = (listingState: "suspended" | "listed") =>
    database.db.update(therapists).set({ listingState }).where(eq(therapists.id, therapistId));
  await setState("suspended");
  expect((await ask(id, "192.avif")).status).toBe(404);
  await setState("listed");
  expect((await ask(id, "192.avif")).status).toBe(200);
});
