import { randomBytes, randomUUID } from "node:crypto";
import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readConfig } from "#lib/config.ts";
import { UnavailableError, unavailablePart } from "#lib/errors.ts";
import { testS3 } from "../../tests/support/s3-server.ts";
import { openStore } from "./open-store.ts";

const s3 = testS3();
let dataDir = "";

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "parasol-store-"));
});
afterAll(async () => {
  await rm(dataDir, { recursive: true, force: true });
});

const stores = {
  "a folder": () => openStore(readConfig({ DATA_DIR: dataDir })),
  "an S3 server": () => openStore(s3.config),
};
const somewhere = () => `evidence/${randomUUID()}`;

describe.each(Object.entries(stores))("%s", (_name, open) => {
  test.each([0, 1, 5_000, 12_000_000])("gives back %i bytes as they were", async (size) => {
    const ref = somewhere();
    const bytes = randomBytes(size);
    await open().put(ref, bytes);
    expect((await open().get(ref))?.equals(bytes)).toBe(true);
  });

  test("holds nothing under a ref that was never written, or was deleted", async () => {
    const ref = somewhere();
    expect(await open().get(ref)).toBeNull();
    await open().put(ref, Buffer.from("a"));
    await open().delete(ref);
    await open().delete(ref);
    expect(await open().get(ref)).toBeNull();
  });

  test("lists what lies below a prefix, and when it came", async () => {
    const ref = `photos/${randomUUID()}/192.avif`;
    await open().put(ref, Buffer.from("a"));
    await open().put(somewhere(), Buffer.from("b"));
    const listed = await open().list("photos/");
    expect(listed.map((stored) => stored.ref)).toEqual([ref]);
    expect(Math.abs(Date.now() - (listed[0]?.storedAt.getTime() ?? 0))).toBeLessThan(60_000);
    expect(await open().list("nothing/")).toEqual([]);
  });

  test.each([
    "",
    "evidence",
    "/evidence/a",
    "evidence/../a",
    "evidence/a/../../b",
    "evidence/A",
    "evidence/a\0",
    "evidence/.a",
    `evidence/${"a".repeat(65)}`,
    "evidence/a.part",
  ])("refuses the ref %j", async (ref) => {
    await expect(open().put(ref, Buffer.from("a"))).rejects.toThrow("not a ref");
    await expect(open().get(ref)).rejects.toThrow("not a ref");
    await expect(open().delete(ref)).rejects.toThrow("not a ref");
  });
});

test("a folder is ours alone", async () => {
  const ref = somewhere();
  await stores["a folder"]().put(ref, Buffer.from("a"));
  const modeOf = async (path: string) =>
    ((await stat(join(dataDir, "store", path))).mode & 0o777).toString(8);
  expect([await modeOf(""), await modeOf("evidence"), await modeOf(ref)]).toEqual([
    "700",
    "700",
    "600",
  ]);
});

test("what a broken write left behind is no document, is listed, and goes with its ref", async () => {
  const store = stores["a folder"]();
  const ref = somewhere();
  await mkdir(join(dataDir, "store/evidence"), { recursive: true });
  await writeFile(join(dataDir, "store", `${ref}.part`), "half");
  expect(await store.get(ref)).toBeNull();
  expect((await store.list("evidence/")).map((stored) => stored.ref)).toContain(ref);
  await store.delete(ref);
  expect((await store.list("evidence/")).map((stored) => stored.ref)).not.toContain(ref);
});

test("a write that cannot end leaves nothing, and says that the store is down", async () => {
  const folder = await mkdtemp(join(tmpdir(), "parasol-full-"));
  const store = openStore(readConfig({ DATA_DIR: folder }));
  const id = randomUUID();
  // A folder in the place of the file: the bytes are written, and then cannot be renamed.
  await mkdir(join(folder, "store/evidence", id, "x"), { recursive: true });
  const failure = await store.put(`evidence/${id}`, Buffer.from("a")).catch((error) => error);
  expect(unavailablePart(failure)).toBe("storage");
  expect(await readdir(join(folder, "store/evidence"))).toEqual([id]);
  await rm(folder, { recursive: true });
});

test("an S3 server that is gone is a store that is down", async () => {
  await s3.stop();
  const store = openStore(s3.config);
  for (const ask of [
    () => store.put(somewhere(), Buffer.from("a")),
    () => store.get(somewhere()),
    () => store.delete(somewhere()),
    () => store.list("evidence/"),
  ]) {
    const failure = await ask().catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(UnavailableError);
    expect(unavailablePart(failure)).toBe("storage");
  }
});

test("half of a key pair is refused before anything is asked", () => {
  const half = readConfig({ EVIDENCE_STORE: "s3://b", S3_ACCESS_KEY_ID: "me" });
  expect(() => openStore(half)).toThrow("both, or neither");
});
