import { randomBytes } from "node:crypto";
import fc from "fast-check";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { keyedHash, passingHashes, seal, sealBytes, unseal, unsealBytes } from "./seal.ts";

beforeEach(() => {
  vi.stubEnv("MASTER_KEY", randomBytes(32).toString("base64"));
  return () => vi.unstubAllEnvs();
});

const text = fc.string({ unit: "binary", maxLength: 200 });
const bytes = fc.uint8Array({ maxLength: 500 });
const key = fc.uint8Array({ minLength: 32, maxLength: 32 });
const twoTexts = fc.tuple(text, text).filter(([one, other]) => one !== other);

describe("text", () => {
  test("opens as it was sealed, and looks different each time", () => {
    fc.assert(
      fc.property(text, text, (plain, context) => {
        const sealed = seal(plain, context);
        expect(unseal(sealed, context)).toBe(plain);
        expect(sealed).toMatch(/^[\w-]+$/);
        expect(seal(plain, context)).not.toBe(sealed);
      }),
    );
  });

  test("opens for nothing but what it was sealed for", () => {
    fc.assert(
      fc.property(text, twoTexts, (plain, [context, other]) => {
        expect(() => unseal(seal(plain, context), other)).toThrow();
      }),
    );
  });

  test("what was never sealed does not open", () => {
    fc.assert(
      fc.property(text, text, (sealed, context) => {
        expect(() => unseal(sealed, context)).toThrow();
      }),
    );
  });

  test("does not open under another master key", async () => {
    const sealed = seal("Robin", "legal-name:1");
    const hash = keyedHash("Robin", "name");
    vi.stubEnv("MASTER_KEY", randomBytes(32).toString("base64"));
    vi.resetModules();
    const elsewhere = await import("./seal.ts");
    expect(() => elsewhere.unseal(sealed, "legal-name:1")).toThrow();
    expect(elsewhere.keyedHash("Robin", "name")).not.toBe(hash);
  });

  test("without a master key nothing is sealed", async () => {
    vi.stubEnv("MASTER_KEY", "");
    vi.resetModules();
    const { seal: sealUnset } = await import("./seal.ts");
    expect(() => sealUnset("Robin", "legal-name:1")).toThrow("MASTER_KEY is not set");
  });
});

describe("bytes", () => {
  test("open as they were sealed", () => {
    fc.assert(
      fc.property(bytes, key, text, (plain, secret, context) => {
        const opened = unsealBytes(sealBytes(plain, secret, context), secret, context);
        expect(opened.equals(plain)).toBe(true);
      }),
    );
  });

  test("any changed bit, any missing end and any added byte keeps them shut", () => {
    fc.assert(
      fc.property(bytes, key, fc.nat(), fc.nat(7), (plain, secret, place, bit) => {
        const sealed = sealBytes(plain, secret, "file");
        const at = place % sealed.length;
        const changed = Buffer.from(sealed);
        changed[at] = (changed[at] ?? 0) ^ (1 << bit);
        expect(() => unsealBytes(changed, secret, "file")).toThrow();
        expect(() => unsealBytes(sealed.subarray(0, at), secret, "file")).toThrow();
        expect(() =>
          unsealBytes(Buffer.concat([sealed, plain, changed]), secret, "file"),
        ).toThrow();
      }),
      { numRuns: 500 },
    );
  });

  test("another key or another context keeps them shut", () => {
    fc.assert(
      fc.property(bytes, key, fc.nat(31), twoTexts, (plain, secret, place, [context, other]) => {
        const sealed = sealBytes(plain, secret, context);
        const wrong = secret.with(place, (secret[place] ?? 0) ^ 1);
        expect(() => unsealBytes(sealed, wrong, context)).toThrow();
        expect(() => unsealBytes(sealed, secret, other)).toThrow();
      }),
    );
  });
});

describe("keyed hashes", () => {
  test("are the same for the same, and differ by text and by context", () => {
    fc.assert(
      fc.property(twoTexts, twoTexts, ([one, other], [here, there]) => {
        expect(keyedHash(one, here)).toBe(keyedHash(one, here));
        expect(keyedHash(one, here)).not.toBe(keyedHash(other, here));
        expect(keyedHash(one, here)).not.toBe(keyedHash(one, there));
        expect(keyedHash(one, here)).toMatch(/^[\w-]{43}$/);
      }),
    );
  });
});

describe("while the master key is changed", () => {
  const [old, young] = [7, 8].map((byte) => Buffer.alloc(32, byte).toString("base64"));
  const set = (key = "", next = "", before = "") => {
    vi.stubEnv("MASTER_KEY", key);
    vi.stubEnv("MASTER_KEY_NEXT", next);
    vi.stubEnv("MASTER_KEY_BEFORE", before);
  };
  const [stepOne, stepTwo] = [() => set(old, young), () => set(young, "", old)];

  test("processes of both steps open what either seals, and know what either hashed", () => {
    for (const [sealing, opening] of [
      [stepOne, stepTwo],
      [stepTwo, stepOne],
      [stepTwo, stepTwo],
    ] as const) {
      sealing();
      const [sealed, hash] = [seal("Robin", "legal-name:1"), keyedHash("Robin", "name")];
      opening();
      expect(unseal(sealed, "legal-name:1")).toBe("Robin");
      expect(passingHashes("Robin", "name")).toContain(hash);
    }
  });

  test("the first step seals with the old key, the second with the new one", () => {
    for (const [step, key] of [
      [stepOne, old],
      [stepTwo, young],
    ] as const) {
      step();
      const sealed = seal("Robin", "legal-name:1");
      set(key);
      expect(unseal(sealed, "legal-name:1")).toBe("Robin");
      set(key === old ? young : old);
      expect(() => unseal(sealed, "legal-name:1")).toThrow("no master key opens it");
    }
  });
});
