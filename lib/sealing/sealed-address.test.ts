import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { openAddress, sealAddress } from "./sealed-address.ts";

const minute = 60_000;
/** The start of a half hour. */
const start = Date.UTC(2026, 10, 24, 10, 30);

afterEach(() => vi.unstubAllEnvs());

describe.each([
  ["with the master key", Buffer.alloc(32, 7).toString("base64")],
  ["without one", ""],
])("%s", (_, masterKey) => {
  beforeEach(() => vi.stubEnv("MASTER_KEY", masterKey));

  test("an address opens for 30 to 60 minutes, and not before or after", () => {
    for (const [sealedAt, lastAt] of [
      [start, start + 60 * minute - 1],
      [start + 30 * minute - 1, start + 60 * minute - 1],
    ] as const) {
      const sealed = sealAddress("q=canary", "search 1", sealedAt);
      expect(openAddress(sealed, "search 1", sealedAt)).toBe("q=canary");
      expect(openAddress(sealed, "search 1", lastAt)).toBe("q=canary");
      expect(openAddress(sealed, "search 1", lastAt + 1)).toBeNull();
      expect(openAddress(sealed, "search 1", sealedAt - 30 * minute)).toBeNull();
    }
  });

  test("any words come back as they were, and equal words make unlike addresses", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 300 }), (words) => {
        const [one, other] = [sealAddress(words, "a"), sealAddress(words, "a")];
        expect(openAddress(one, "a")).toBe(words);
        expect(one).not.toBe(other);
      }),
    );
  });

  test("a changed address, or one for something else, opens nothing", () => {
    const sealed = sealAddress("q=canary", "search 1", start);
    expect(openAddress(sealed, "compare 1", start)).toBeNull();
    fc.assert(
      fc.property(fc.nat(sealed.length - 2), fc.constantFrom("A", "z", "9", "_"), (at, letter) => {
        const changed = sealed.slice(0, at) + letter + sealed.slice(at + 1);
        expect(openAddress(changed, "search 1", start)).toBe(
          changed === sealed ? "q=canary" : null,
        );
      }),
    );
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(openAddress(text, "search 1", start)).toBeNull();
      }),
    );
  });
});

test("an address outlives the change of the master key", () => {
  const [old, young] = [7, 8].map((byte) => Buffer.alloc(32, byte).toString("base64"));
  vi.stubEnv("MASTER_KEY", old);
  const sealed = sealAddress("q=canary", "search 1", start);
  vi.stubEnv("MASTER_KEY", young);
  expect(openAddress(sealed, "search 1", start)).toBeNull();
  vi.stubEnv("MASTER_KEY_BEFORE", old);
  expect(openAddress(sealed, "search 1", start)).toBe("q=canary");
});

test("one word and a long search have addresses of one length", () => {
  expect(sealAddress("a", "search 1")).toHaveLength(
    sealAddress("a".repeat(508), "search 1").length,
  );
  expect(() => sealAddress("a".repeat(16_381), "search 1")).toThrow(RangeError);
});
