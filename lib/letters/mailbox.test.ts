import { hkdfSync } from "node:crypto";
import { base64urlnopad, bech32 } from "@scure/base";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import codenames from "../../tests/vectors/letters/codenames.json" with { type: "json" };
import { readCodename } from "./codename.ts";
import { openMailbox, tokenHashOf } from "./mailbox.ts";

const entropies = fc.uint8Array({ minLength: 16, maxLength: 16 });

describe("a codename on paper opens the same mailbox for years", () => {
  test.each(codenames)("$english", async (known) => {
    const entropy = Uint8Array.from(Buffer.from(known.entropy, "hex"));
    expect(readCodename(known.english)).toEqual({ ok: true, entropy });
    expect(readCodename(known.spanish)).toEqual({ ok: true, entropy });
    const { threadWith, ...mailbox } = await openMailbox(entropy);
    expect({ ...known, ...mailbox }).toEqual(known);
    for (const [therapist, thread] of Object.entries(known.threads)) {
      expect(await threadWith(therapist)).toBe(thread);
    }
  });
});

describe("openMailbox", () => {
  test("derives each secret under its own label, as RFC 5869 says", async () => {
    await fc.assert(
      fc.asyncProperty(entropies, fc.uuid(), async (entropy, therapist) => {
        const mailbox = await openMailbox(entropy);
        const secrets = [
          base64urlnopad.decode(mailbox.token),
          bech32.decodeToBytes(mailbox.identity).bytes,
          bech32.decodeToBytes(mailbox.reportIdentity).bytes,
          base64urlnopad.decode(await mailbox.threadWith(therapist)),
        ];
        const labels = ["mailbox token", "reply identity", "report identity"];
        const expected = [...labels, `thread nonce ${therapist}`].map((label, at) => {
          const salt = "parasol/letters/v1";
          return new Uint8Array(hkdfSync("sha256", entropy, salt, label, at === 3 ? 16 : 32));
        });
        expect(secrets).toEqual(expected);
        const starts = secrets.map((secret) => Buffer.from(secret.subarray(0, 16)).toString("hex"));
        expect(new Set(starts).size).toBe(4);
      }),
      { numRuns: 30 },
    );
  });

  test("has another thread with each therapist", async () => {
    const { threadWith } = await openMailbox(new Uint8Array(16));
    expect(await threadWith("a")).not.toBe(await threadWith("b"));
  });

  test("takes 16 bytes and nothing else", async () => {
    await expect(openMailbox(new Uint8Array(15))).rejects.toThrow(RangeError);
  });
});

describe("tokenHashOf", () => {
  test("gives the hash that the mailbox gave", async () => {
    const { token, tokenHash } = await openMailbox(new Uint8Array(16).fill(3));
    expect(await tokenHashOf(token)).toBe(tokenHash);
  });

  test.each(["", "a", "=".repeat(43), `${"A".repeat(42)}B`, "A".repeat(44), "á".repeat(43)])(
    "refuses %s",
    async (token) => {
      expect(await tokenHashOf(token)).toBeNull();
    },
  );
});
