import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { buildGazetteer } from "./build-gazetteer.ts";
import { loadGazetteer } from "./load-gazetteer.ts";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "parasol-places-"));
});
afterAll(() => rm(folder, { recursive: true }));

test("writes a small file and says how large", { timeout: 30_000 }, async () => {
  const file = join(folder, "made", "gazetteer.json");
  const built = await buildGazetteer(file);
  expect(built.places).toBeGreaterThan(39_000);
  expect(built.bytes).toBe((await stat(file)).size);
  expect(built.bytes).toBeLessThan(4_000_000);
  const text = await readFile(file, "utf8");
  await buildGazetteer(file);
  expect(await readFile(file, "utf8"), "the same sources give the same file").toBe(text);
});

test.each([
  ["missing", undefined],
  ["broken", "{"],
  ["of an older format", `{"format":0}`],
])("a file that is %s is built on first use", { timeout: 30_000 }, async (name, content) => {
  const file = join(folder, `${name}.json`);
  if (content !== undefined) await writeFile(file, content);
  const gazetteer = await loadGazetteer(file);
  expect(gazetteer.townsOf("los angeles").length).toBeGreaterThan(0);
  expect((await stat(file)).size).toBeGreaterThan(1_000_000);
});

test("a folder that cannot be written costs the file, not the search", {
  timeout: 30_000,
}, async () => {
  await writeFile(join(folder, "occupied"), "");
  const gazetteer = await loadGazetteer(join(folder, "occupied", "gazetteer.json"));
  expect(gazetteer.townsOf("london").length).toBeGreaterThan(1);
});
