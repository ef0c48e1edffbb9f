import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { SEALED_LENGTHS } from "#lib/letters/letter.ts";
import { mailboxRequest, newKey, newLetter, newReply, proofRequest, wayBack } from "./schema.ts";

const shapes = { proofRequest, newLetter, mailboxRequest, newReply, newKey, wayBack };

const hex = (length: number) => "0123456789abcdef".repeat(4).slice(0, length);
const proof = {
  challenge: {
    parameters: {
      algorithm: "PBKDF2/SHA-256",
      cost: 5000,
      data: { purpose: "fetch" },
      expiresAt: 1_795_488_145,
      keyLength: 32,
      keyPrefix: hex(32),
      keySignature: hex(64),
      nonce: hex(32),
      salt: hex(32),
    },
    signature: hex(64),
  },
  solution: { counter: 200, derivedKey: hex(64), time: 12.2 },
};
const hash = "x".repeat(43);
const good = {
  proofRequest: { purpose: "write", therapist: "lia-x1" },
  newLetter: {
    therapist: "lia-x1",
    tokenHash: hash,
    ciphertext: "A".repeat(SEALED_LENGTHS[1]),
    proof,
  },
  mailboxRequest: { token: hash, proof },
  newReply: { enquiryId: "an-id", ciphertext: "A" },
  newKey: {
    recipient: `age1${"q".repeat(58)}`,
    wrappedByPassphrase: "x",
    wrappedByRecovery: "x",
    wrappedByPasskey: null,
  },
  wayBack: { tokenHash: hash, recipient: `age1${"q".repeat(58)}`, proof },
} as const;

type Name = keyof typeof shapes;
const names = Object.keys(shapes) as Name[];

describe.each(names)("%s", (name) => {
  test("takes what our pages send", () => {
    expect(shapes[name].safeParse(good[name]).success).toBe(true);
  });

  test("refuses whatever else is JSON, and never throws", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), (sent) => {
        expect(shapes[name].safeParse(sent).success).toBe(false);
      }),
      { numRuns: 500 },
    );
  });

  test("refuses a whole request in which any one value is another, missing or one too many", () => {
    const places = placesIn(good[name]);
    fc.assert(
      fc.property(fc.constantFrom(...places), hostile, (place, value) => {
        const changed = structuredClone(good[name]) as Tree;
        const holder = place.slice(0, -1).reduce((at, key) => at[key] as Tree, changed);
        const key = place.at(-1) ?? "";
        fc.pre(key !== "time" || typeof value !== "number");
        holder[key] = value;
        expect(shapes[name].safeParse(changed).success).toBe(false);
        delete holder[key];
        const { success } = shapes[name].safeParse(changed);
        expect(success).toBe(key === "time");
        holder[key] = place.reduce<unknown>((at, step) => (at as Tree)[step], good[name]);
        holder[`${key}2`] = value;
        expect(shapes[name].safeParse(changed).success).toBe(false);
      }),
      { numRuns: 500 },
    );
  });
});

type Tree = Record<string, unknown>;

function placesIn(value: unknown, path: string[] = []): string[][] {
  if (typeof value !== "object" || value === null) return [path];
  return Object.entries(value).flatMap(([key, inner]) => placesIn(inner, [...path, key]));
}

/** Nothing of this may stand anywhere in what our pages send. */
const hostile = fc.oneof(
  fc.constantFrom<unknown>("", true, [], {}, -1, 1.5, "\0", "a\0b", "\u202e", Number.MAX_VALUE),
  fc.constantFrom("A".repeat(SEALED_LENGTHS[1] + 1), "é".repeat(5000)),
  fc.array(fc.integer(), { minLength: 1 }),
  fc.dictionary(fc.string(), fc.string(), { minKeys: 1 }),
);
