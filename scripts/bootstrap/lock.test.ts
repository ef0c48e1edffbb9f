import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { identify } from "./identity.mjs";
import { tryLock } from "./lock.mjs";

let folder = "";
const path = () => join(folder, "some.lock");

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "parasol-lock-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

test("one holds it, the next is told who, and after release it is free", () => {
  const first = tryLock(path());
  expect(tryLock(path())).toEqual({ held: false, holder: process.pid });
  if (first.held) first.release();
  expect(tryLock(path()).held).toBe(true);
  expect(readdirSync(folder)).toEqual(["some.lock"]);
});

test.each([
  ["a dead process", { pid: 2 ** 30, identity: "gone" }],
  ["a number that went to another process", { pid: process.pid, identity: "someone earlier" }],
  ["nobody that can be read", "half an ent"],
])("%s holds nothing", (_name, entry) => {
  writeFileSync(path(), JSON.stringify(entry));
  expect(tryLock(path()).held).toBe(true);
});

test("a living child keeps it when the holder is dead", () => {
  const child = { pid: process.pid, identity: identify(process.pid) };
  writeFileSync(path(), JSON.stringify({ pid: 2 ** 30, identity: "gone", child }));
  expect(tryLock(path())).toEqual({ held: false, holder: process.pid });
});

test("releasing after another took it over leaves that one alone", () => {
  const first = tryLock(path());
  writeFileSync(path(), JSON.stringify({ pid: 1, identity: identify(1) }));
  if (first.held) first.release();
  expect(tryLock(path())).toEqual({ held: false, holder: 1 });
});
