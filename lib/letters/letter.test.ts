import { base64 } from "@scure/base";
import { Encrypter } from "age-encryption";
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { sealAgeFile } from "./age-file.ts";
import { fingerprint, type Key, makeKey } from "./keys.ts";
import {
  BODY_LIMIT,
  isSealedLetter,
  isSealedReply,
  MODERATORS,
  openEnquiry,
  openReply,
  remainingBytes,
  SEALED_LENGTHS,
  SEALED_SIZES,
  sealEnquiry,
  sealNothing,
  sealReply,
} from "./letter.ts";
import { type Mailbox, openMailbox } from "./mailbox.ts";

const therapist = "5b0f6f0e-9f0a-4c53-8f43-0d2f5f0a7c11";
const another = "e1d8c2ab-53a5-4d1f-9d3e-6a0c9b7f2e44";
/** Hundreds of files each; machines that test are busy. */
const patient = { timeout: 60_000 };
const runs = { numRuns: 60 };
/** Any text: emoji, zeros, line breaks, halves of surrogate pairs. */
const anyBody = fc.oneof(
  fc.string({ unit: "binary", maxLength: 4000 }),
  fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((c) => String.fromCharCode(c)) }),
  fc.string({ unit: "grapheme", maxLength: 2000 }),
);

let key: Key;
let otherKey: Key;
let mailbox: Mailbox;
let otherMailbox: Mailbox;
let enquiry: string;
let reply: string;

beforeAll(async () => {
  [key, otherKey] = [await makeKey(), await makeKey()];
  mailbox = await openMailbox(new Uint8Array(16).fill(1));
  otherMailbox = await openMailbox(new Uint8Array(16).fill(2));
  enquiry = await written("Hola");
  reply = await answered({});
});

describe("an enquiry", patient, () => {
  test("comes out as it went in, whatever it says", async () => {
    await fc.assert(
      fc.asyncProperty(anyBody, async (body) => {
        fc.pre(remainingBytes(body) >= 0);
        const ciphertext = await written(body);
        expect(SEALED_LENGTHS).toContain(ciphertext.length);
        expect(SEALED_SIZES).toContain(base64.decode(ciphertext).length);
        expect(isSealedLetter(ciphertext)).toBe(true);
        const opened = await openEnquiry(ciphertext, [otherKey.identity, key.identity], {
          therapist,
        });
        expect(opened).toEqual({
          ok: true,
          body,
          thread: await mailbox.threadWith(therapist),
          reply: mailbox.recipient,
          key: await fingerprint(key.recipient),
        });
      }),
      runs,
    );
  });

  test.each([
    ["x", 16_000],
    ["\n", 8_000],
    ["ñ", 8_000],
    ["\u0000", 2_666],
  ])("holds %j up to the limit and not one more", async (letter, most) => {
    const full = letter.repeat(most);
    expect(await openEnquiry(await written(full), [key.identity], { therapist })).toMatchObject({
      body: full,
    });
    expect(remainingBytes(full)).toBeGreaterThanOrEqual(0);
    expect(remainingBytes(full + letter)).toBeLessThan(0);
    const over = { therapist, recipient: key.recipient, mailbox, body: full + letter };
    expect(await sealEnquiry(over)).toEqual({ ok: false, reason: "too-long" });
    expect(remainingBytes("")).toBe(BODY_LIMIT);
  });

  test("has two sizes and no others", async () => {
    const sizes = new Set<number>();
    for (const length of [0, 1, 3800, 3860, 3900, 15_999]) {
      sizes.add((await written("x".repeat(length))).length);
    }
    expect([...sizes]).toEqual([...SEALED_LENGTHS]);
  });

  test.each([
    ["no recipient", "age1nothing"],
    ["a secret key", "AGE-SECRET-KEY-1QQQ"],
    ["a post-quantum recipient", "age1pq1qqqqqq"],
    // All zeros: well spelled, but no secret can be shared with it.
    ["a point of low order", "age1qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqq5cu47z"],
  ])("is not sealed to %s", async (_, recipient) => {
    const sealed = await sealEnquiry({ therapist, recipient, mailbox, body: "Hola" });
    expect(sealed).toEqual({ ok: false, reason: "bad-recipient" });
  });

  test("is refused when any byte of its head is another", async () => {
    const file = base64.decode(enquiry);
    for (let at = 0; at < 200; at++) {
      for (const flip of [1, 0x20, 0x80]) {
        const opened = await openEnquiry(flipped(file, at, flip), [key.identity], { therapist });
        expect(opened).toEqual({ ok: false, reason: expect.stringMatching(broken) });
      }
    }
  });

  test("is refused as tampered when any byte of its text is another", async () => {
    const file = base64.decode(enquiry);
    const places = fc.integer({ min: 168, max: file.length - 1 });
    await fc.assert(
      fc.asyncProperty(places, fc.integer({ min: 1, max: 255 }), async (at, flip) => {
        const opened = await openEnquiry(flipped(file, at, flip), [key.identity], { therapist });
        expect(opened).toEqual({ ok: false, reason: "tampered" });
      }),
      { numRuns: 200 },
    );
  });

  test("is refused when cut, or when anything is added", async () => {
    const file = base64.decode(enquiry);
    await fc.assert(
      fc.asyncProperty(fc.nat(file.length - 1), async (end) => {
        const cut = base64.encode(file.subarray(0, end));
        expect(await openEnquiry(cut, [key.identity], { therapist })).toEqual({
          ok: false,
          reason: end < 168 ? "not-age" : "wrong-size",
        });
        expect(isSealedLetter(cut)).toBe(false);
      }),
      runs,
    );
    const longer = base64.encode(Uint8Array.from([...file, 0]));
    expect(await refusal(longer)).toBe("wrong-size");
    for (const text of [`${enquiry}A`, `${enquiry}\n`, ` ${enquiry}`, enquiry.slice(1), ""]) {
      expect(await refusal(text)).toBe("not-age");
    }
    expect(await refusal("A".repeat(5_000_000))).toBe("wrong-size");
  });

  test("does not open with another key, nor under another name", async () => {
    expect(await openEnquiry(enquiry, [otherKey.identity], { therapist })).toEqual({
      ok: false,
      reason: "wrong-key",
    });
    expect(await openEnquiry(enquiry, [], { therapist })).toMatchObject({ reason: "wrong-key" });
    expect(await openEnquiry(enquiry, [key.identity], { therapist: another })).toEqual({
      ok: false,
      reason: "wrong-therapist",
    });
  });

  test.each<[string, string, (letter: Record<string, unknown>) => unknown]>([
    ["of a later version", "wrong-version", (letter) => ({ ...letter, v: 2, body: 1 })],
    ["of no version", "wrong-version", ({ v: _, ...letter }) => letter],
    ["passed on from another key", "wrong-fingerprint", (letter) => ({ ...letter, key: "d446" })],
    ["with one field more", "malformed", (letter) => ({ ...letter, agent: "x" })],
    ["with one field less", "malformed", ({ body: _, ...letter }) => letter],
    ["whose body is no text", "malformed", (letter) => ({ ...letter, body: ["x"] })],
    ["whose way back is no key", "malformed", (letter) => ({ ...letter, reply: "age1x" })],
    ["whose thread is short", "malformed", (letter) => ({ ...letter, thread: "x" })],
    ["that is a list", "malformed", () => []],
    ["that is nothing", "malformed", () => null],
    ["that is a word", "malformed", () => "hola"],
  ])("%s is refused: %s", async (_, reason, change) => {
    const letter = await sound("Hola");
    expect(await refusal(await forged(JSON.stringify(change(letter))))).toBe(reason);
    expect(await refusal(await forged(JSON.stringify(letter)))).toBeNull();
  });

  test.each<[string, Parameters<typeof forged>]>([
    ["padding that is not zeros", ["{}", 4096, (block) => block.set([1], 4095)]],
    ["a length beyond the block", ["{}", 4096, (block) => block.set([0, 0, 16, 0])]],
    ["a length beyond all blocks", ["{}", 4096, (block) => block.set([255, 255, 255, 255])]],
    ["no length", ["{}", 4096, (block) => block.set([0, 0, 0, 0])]],
    ["a length that ends too soon", ["{}  ", 4096, (block) => block.set([0, 0, 0, 1])]],
    ["text that is not JSON", ["{", 4096]],
  ])("with %s is malformed", async (_, args) => {
    expect(await refusal(await forged(...args))).toBe("malformed");
  });

  test("that fills its block may not claim one byte more", async () => {
    const letter = await sound("");
    const body = "x".repeat(4092 - JSON.stringify(letter).length);
    const text = JSON.stringify({ ...letter, body });
    expect(await refusal(await forged(text))).toBeNull();
    const claim = (block: Uint8Array) => block.set([0, 0, 15, 253]);
    expect(await refusal(await forged(text, 4096, claim))).toBe("malformed");
  });

  test("whose text is not UTF-8 is malformed", async () => {
    const text = JSON.stringify(await sound("@"));
    const at = 4 + text.indexOf("@");
    expect(await refusal(await forged(text))).toBeNull();
    expect(await refusal(await forged(text, 4096, (block) => block.set([0xff], at)))).toBe(
      "malformed",
    );
  });

  test("of the right size is refused when someone else could open it too", async () => {
    const both = new Encrypter();
    both.addRecipient(key.recipient);
    both.addRecipient(otherKey.recipient);
    const file = await both.encrypt(new Uint8Array(4096 - 98));
    expect(SEALED_SIZES).toContain(file.length);
    expect(isSealedLetter(base64.encode(file))).toBe(false);
    expect(await refusal(base64.encode(file))).toBe("not-age");
  });

  test("in a block of another size is refused unopened", async () => {
    for (const size of [4, 4095, 4097, 16_383]) {
      expect(await refusal(await forged("", size))).toBe("wrong-size");
    }
  });
});

describe("an answer", patient, () => {
  test("comes out as it went in, and has one size", async () => {
    await fc.assert(
      fc.asyncProperty(anyBody, fc.boolean(), async (body, last) => {
        fc.pre(remainingBytes(body) >= 0);
        const ciphertext = await answered({ body, last });
        expect(ciphertext).toHaveLength(SEALED_LENGTHS[1]);
        const opened = await openReply(ciphertext, mailbox, { therapist });
        expect(opened).toEqual({ ok: true, body, therapist, last });
      }),
      runs,
    );
  });

  test("does not open with another codename", async () => {
    expect(await openReply(reply, otherMailbox)).toEqual({ ok: false, reason: "wrong-key" });
  });

  test("is refused in another thread, or under another therapist's name", async () => {
    const elsewhere = await answered({ thread: await otherMailbox.threadWith(therapist) });
    expect(await openReply(elsewhere, mailbox)).toEqual({ ok: false, reason: "wrong-thread" });
    const posing = await answered({ therapist: another });
    expect(await openReply(posing, mailbox)).toEqual({ ok: false, reason: "wrong-thread" });
    expect(await openReply(reply, mailbox, { therapist: another })).toEqual({
      ok: false,
      reason: "wrong-therapist",
    });
  });

  test("is a moderator's only when it was sealed to the way back of a report", async () => {
    const from = { therapist: MODERATORS, thread: "" };
    const recipient = mailbox.reportRecipient;
    expect(await openReply(await answered({ ...from, recipient }), mailbox)).toMatchObject({
      ok: true,
      therapist: MODERATORS,
    });
    expect(await openReply(await answered(from), mailbox)).toMatchObject({
      reason: "wrong-therapist",
    });
    expect(await openReply(await answered({ recipient }), mailbox)).toMatchObject({
      reason: "wrong-therapist",
    });
    expect(await openReply(await answered({ ...from, recipient, thread: "x" }), mailbox)).toEqual({
      ok: false,
      reason: "wrong-thread",
    });
  });

  test("is not read as an enquiry, nor an enquiry as an answer", async () => {
    expect(await openReply(enquiry, { ...mailbox, identity: key.identity })).toMatchObject({
      reason: "wrong-size",
    });
    const long = await written("x".repeat(9000));
    expect(await openReply(long, { ...mailbox, identity: key.identity })).toMatchObject({
      reason: "malformed",
    });
    expect(await openEnquiry(reply, [mailbox.identity], { therapist })).toMatchObject({
      reason: "malformed",
    });
  });

  test("is refused when one byte is another", async () => {
    const file = base64.decode(reply);
    const places = fc.nat(file.length - 1);
    await fc.assert(
      fc.asyncProperty(places, fc.integer({ min: 1, max: 255 }), async (at, flip) => {
        const opened = await openReply(flipped(file, at, flip), mailbox);
        expect(opened).toEqual({ ok: false, reason: expect.stringMatching(broken) });
      }),
      runs,
    );
  });
});

describe("an empty slot", () => {
  test("looks like an answer and opens for nobody", async () => {
    const nothing = await sealNothing();
    expect(nothing).toHaveLength(SEALED_LENGTHS[1]);
    expect(isSealedLetter(nothing)).toBe(true);
    expect(isSealedReply(nothing)).toBe(true);
    expect(isSealedReply(enquiry)).toBe(false);
    expect(nothing).not.toBe(await sealNothing());
    expect(await openReply(nothing, mailbox)).toEqual({ ok: false, reason: "wrong-key" });
  });
});

test("no bytes at all make it throw", patient, async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 5000 }), fc.string(), async (bytes, text) => {
      const head = base64.decode(enquiry).subarray(0, 168);
      for (const sent of [
        text,
        base64.encode(bytes),
        base64.encode(new Uint8Array([...head, ...bytes])),
      ]) {
        expect((await openEnquiry(sent, [key.identity], { therapist })).ok).toBe(false);
        expect((await openReply(sent, mailbox)).ok).toBe(false);
      }
    }),
    runs,
  );
});

const broken = /^(not-age|wrong-key|wrong-size|tampered)$/;

async function written(body: string): Promise<string> {
  const sealed = await sealEnquiry({ therapist, recipient: key.recipient, mailbox, body });
  if (!sealed.ok) throw new Error(sealed.reason);
  return sealed.ciphertext;
}

/** What an enquiry holds when all is well. */
async function sound(body: string) {
  return {
    v: 1,
    therapist,
    key: await fingerprint(key.recipient),
    thread: await mailbox.threadWith(therapist),
    reply: mailbox.recipient,
    body,
  };
}

async function answered(changes: Partial<Parameters<typeof sealReply>[0]>): Promise<string> {
  const sealed = await sealReply({
    therapist,
    recipient: mailbox.recipient,
    thread: await mailbox.threadWith(therapist),
    body: "Hola",
    last: false,
    ...changes,
  });
  if (!sealed.ok) throw new Error(sealed.reason);
  return sealed.ciphertext;
}

async function refusal(ciphertext: string): Promise<string | null> {
  const opened = await openEnquiry(ciphertext, [key.identity], { therapist });
  return opened.ok ? null : opened.reason;
}

/** A letter sealed by someone who does not keep to the format. */
async function forged(
  text: string,
  size = 4096,
  change: (block: Uint8Array) => void = () => {},
): Promise<string> {
  const block = new Uint8Array(size);
  const bytes = new TextEncoder().encode(text);
  block.set([0, 0, bytes.length >> 8, bytes.length & 255]);
  block.set(bytes, 4);
  change(block);
  return base64.encode(await sealAgeFile(block, key.recipient));
}

function flipped(file: Uint8Array, at: number, flip: number): string {
  const changed = file.slice();
  changed[at] = (changed[at] ?? 0) ^ flip;
  return base64.encode(changed);
}
