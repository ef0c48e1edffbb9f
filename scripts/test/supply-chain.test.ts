import { expect, test } from "vitest";
import { sourceProblems, versionProblems } from "./floors.ts";
import { type Locked, supplyProblems } from "./supply-chain.ts";

const integrity = `sha512-${"a".repeat(86)}==`;
const sound: Locked = { version: "1.0.0", integrity };
const lockOf = (packages: Record<string, Locked>) => ({
  lockfileVersion: 3,
  packages: { "": {}, ...packages },
});

test("a sound lock has nothing to tell", () => {
  const lock = lockOf({
    "node_modules/a": sound,
    "node_modules/b": { ...sound, resolved: "https://registry.npmjs.org/b/-/b-1.0.0.tgz" },
    "node_modules/a/node_modules/c": { ...sound, hasInstallScript: true },
    "node_modules/@x/mac": { version: "1.0.0", optional: true, os: ["darwin"], cpu: ["x64"] },
  });
  expect(supplyProblems(lock, { c: true })).toEqual([]);
});

test.each<[string, Locked, string]>([
  ["no hash", { version: "1.0.0" }, "has no SHA-512"],
  ["a weak hash", { ...sound, integrity: "sha1-abc" }, "has no SHA-512"],
  ["no hash for our own platform", { version: "1.0.0", optional: true, os: ["linux"] }, "SHA-512"],
  ["no hash for another, though needed", { version: "1.0.0", os: ["darwin"] }, "SHA-512"],
  ["git", { ...sound, resolved: "git+ssh://git@github.com/a/a.git#1" }, "comes from git"],
  ["plain http", { ...sound, resolved: "http://registry.npmjs.org/a.tgz" }, "comes from http:"],
  ["a file on the web", { ...sound, resolved: "https://evil.example/a.tgz" }, "comes from https"],
  [
    "a like name",
    { ...sound, resolved: "https://registry.npmjs.org.evil.example/a" },
    "comes from",
  ],
  ["a version that is an address", { ...sound, version: "file:../a" }, "has no version"],
  ["a folder", { ...sound, link: true }, "is a link"],
  ["a script", { ...sound, hasInstallScript: true }, "allowScripts does not name it"],
])("%s is told", (_, entry, words) => {
  const [problem = "", ...more] = supplyProblems(lockOf({ "node_modules/@s/a": entry }), {});
  expect(problem).toContain("node_modules/@s/a: ");
  expect(problem).toContain(words);
  expect(more).toEqual([]);
});

test("what may run a script and has none is told", () => {
  expect(supplyProblems(lockOf({ "node_modules/a": sound }), { a: true })).toEqual([
    "allowScripts: a has no install script",
  ]);
});

const floors = {
  next: "16.4.5",
  "next-auth": "5.0.0-beta.32",
  "drizzle-orm": "0.45.2",
  zod: "4.6.7",
  "altcha-lib": "1.4.1",
  node: "24.0.0",
};
const versions = (changed: Partial<typeof floors>) =>
  lockOf(
    Object.fromEntries(
      Object.entries({ ...floors, ...changed }).map(([name, version]) => [
        `node_modules/${name}`,
        { version },
      ]),
    ),
  );

test.each([
  { next: "16.10.0" },
  { next: "17.0.0" },
  { "next-auth": "5.0.0" },
  { "next-auth": "4.24.15" },
  { "next-auth": "5.0.0-beta.100" },
  { "altcha-lib": "2.8.0" },
])("%o is above its floor", (changed) => {
  expect(versionProblems(versions(changed))).toEqual([]);
});

test.each([
  { next: "16.4.4" },
  { next: "15.9.9" },
  { next: "16.4.5-canary.9" },
  { "next-auth": "5.0.0-beta.31" },
  { "next-auth": "4.24.14" },
  { "drizzle-orm": "0.45.1" },
  { zod: "4.6.6" },
  { zod: "3.99.0" },
  { "altcha-lib": "1.4.0" },
  { node: "22.30.0" },
])("%o is told to be below it", (changed) => {
  expect(versionProblems(versions(changed))).toHaveLength(1);
});

test("a copy inside another package counts, and a missing one does too", () => {
  const lock = versions({});
  const inner = { "node_modules/a/node_modules/zod": { version: "3.0.0" } };
  expect(versionProblems({ ...lock, packages: { ...lock.packages, ...inner } })).toHaveLength(1);
  const forTests = { "node_modules/a/node_modules/zod": { version: "3.0.0", dev: true } };
  expect(versionProblems({ ...lock, packages: { ...lock.packages, ...forTests } })).toEqual([]);
  expect(versionProblems(lockOf({}))).toHaveLength(6);
});

test.each([
  ['import { ImageResponse } from "next/og";', "next/og"],
  ["images: { remotePatterns: [] }", "remote image optimisation"],
  ['"use cache";', "use cache"],
  ["export default { cacheComponents: true }", "use cache"],
  ["z.array(z.object({ a: z.array(z.string()).max(3) }))", "z.array without .max()"],
  ["z\n  .array(z.string())\n  .min(1)", "z.array without .max()"],
])("%s is told", (text, words) => {
  expect(sourceProblems("lib/a/schema.ts", text)).toEqual([expect.stringContaining(words)]);
});

test.each([
  "z.array(z.string().max(30)).max(10)",
  "z.array(z.string()).min(1).max(10).default([])",
  "z\n  .array(z.object({ a: text }))\n  .max(10)",
  "z.array(z.string()).length(3)",
  "// we do not use cache here",
])("%s is fine", (text) => {
  expect(sourceProblems("lib/a/schema.ts", text)).toEqual([]);
});
