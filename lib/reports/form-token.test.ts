import { randomBytes } from "node:crypto";
import fc from "fast-check";
import { beforeAll, expect, test, vi } from "vitest";
import { makeFormToken, readFormToken } from "./form-token.ts";

beforeAll(() => {
  vi.stubEnv("MASTER_KEY", randomBytes(32).toString("base64"));
  return () => vi.unstubAllEnvs();
});

const anything = fc.string({ unit: "binary" });
const made = new Date("2026-11-23T10:00:00.500Z");
const after = (seconds: number) => new Date(made.getTime() + seconds * 1000);
const read = (token: string, seconds = 60, slug = "ana-x1") =>
  readFormToken(token, slug, after(seconds)).state;

test.each<[number, string]>([
  [-60, "too-soon"],
  [0, "too-soon"],
  [2.999, "too-soon"],
  [3, "open"],
  [60, "open"],
  [4 * 3600, "open"],
  [4 * 3600 + 0.001, "too-old"],
  [400 * 86_400, "too-old"],
])("sent after %d seconds: %s", (seconds, state) => {
  expect(read(makeFormToken("ana-x1", made), seconds)).toBe(state);
});

test("each is another, and gives back what makes it so", () => {
  const one = readFormToken(makeFormToken("ana-x1", made), "ana-x1", after(60));
  const other = readFormToken(makeFormToken("ana-x1", made), "ana-x1", after(60));
  expect(one).toMatchObject({ state: "open", nonce: expect.stringMatching(/^[\w-]{22}$/) });
  expect(one).not.toEqual(other);
});

test("counts for the listing that it was made for", () => {
  expect(read(makeFormToken("ana-x1", made), 60, "ana-x2")).toBe("too-old");
});

test("any changed letter, and anything made up, counts for nothing", () => {
  const token = makeFormToken("ana-x1", made);
  const letter = fc.constantFrom(..."abcdefghijklmnopqrstuvwxyzABC0123456789-_.=é");
  fc.assert(
    fc.property(fc.nat(token.length - 1), letter, (at, other) => {
      const changed = token.slice(0, at) + other + token.slice(at + 1);
      expect(read(changed)).toBe(changed === token ? "open" : "too-old");
    }),
    { numRuns: 300 },
  );
  fc.assert(
    fc.property(anything, (text) => {
      expect(read(text)).toBe("too-old");
      expect(read(`${token}${text}`)).toBe(text === "" ? "open" : "too-old");
    }),
  );
});

test("nor does one of a site with another key", async () => {
  const token = makeFormToken("ana-x1", made);
  vi.stubEnv("MASTER_KEY", randomBytes(32).toString("base64"));
  vi.resetModules();
  const elsewhere = await import("./form-token.ts");
  expect(elsewhere.readFormToken(token, "ana-x1", after(60)).state).toBe("too-old");
});

test("a form that was open while the master key changed still counts", () => {
  const token = makeFormToken("ana-x1", made);
  vi.stubEnv("MASTER_KEY_BEFORE", process.env.MASTER_KEY);
  vi.stubEnv("MASTER_KEY", randomBytes(32).toString("base64"));
  expect(readFormToken(token, "ana-x1", after(60)).state).toBe("open");
});
