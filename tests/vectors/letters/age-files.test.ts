import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { openArmoured, readArmoured } from "#lib/letters/armoured.ts";
import {
  fingerprint,
  makeKey,
  unwrapByPassphrase,
  unwrapByRecovery,
  wrapByPassphrase,
  wrapByRecovery,
} from "#lib/letters/keys.ts";
import { openEnquiry, openReply, sealEnquiry, sealReply } from "#lib/letters/letter.ts";
import { openMailbox } from "#lib/letters/mailbox.ts";
import vectors from "./age-files.json" with { type: "json" };
import { ageOpens, ageSeals, ageUnwraps, ageWraps, hasAge, recipientBy } from "./age-tool.ts";
import codenames from "./codenames.json" with { type: "json" };

const { key, other, recovery, therapist, body, passphrase, byAge, byUs } = vectors;
const mailbox = await openMailbox(Uint8Array.from(Buffer.from(vectors.entropy, "hex")));
/** Passphrases are slow by design, and machines that test are busy. */
const slow = { timeout: 60_000 };
const whole = { ok: true, ...key };

/** A browser of the targets that is old or careful: no X25519 of its own, no WebAssembly. */
function withoutX25519() {
  const importKey = crypto.subtle.importKey.bind(crypto.subtle) as (...a: unknown[]) => unknown;
  vi.spyOn(crypto.subtle, "importKey").mockImplementation((async (...given: unknown[]) => {
    const [, , algorithm] = given;
    if (typeof algorithm === "object" && algorithm && "name" in algorithm) {
      if (algorithm.name === "X25519") throw new DOMException("no", "NotSupportedError");
    }
    return importKey(...given);
  }) as typeof crypto.subtle.importKey);
  vi.stubGlobal("WebAssembly", undefined);
}

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

describe.each([
  ["WebCrypto's X25519", () => {}],
  ["X25519 in JavaScript", withoutX25519],
])("with %s", slow, (_, prepare) => {
  beforeEach(prepare);

  test.each(["byAge", "byUs"] as const)("opens letters made %s", async (maker) => {
    const { enquiry, reply } = vectors[maker];
    const opened = await openEnquiry(enquiry, [other.identity, key.identity], { therapist });
    const thread = await mailbox.threadWith(therapist);
    const keyPrint = await fingerprint(key.recipient);
    expect(opened).toEqual({ ok: true, body, thread, reply: mailbox.recipient, key: keyPrint });
    expect(await openReply(reply, mailbox)).toEqual({ ok: true, body, therapist, last: true });
  });

  test("opens a long letter", async () => {
    const opened = await openEnquiry(byAge.longEnquiry, [key.identity], { therapist });
    expect(opened).toMatchObject({ ok: true, body: body.repeat(150) });
  });

  test("opens what it seals", async () => {
    const fresh = await makeKey();
    const sealed = await sealEnquiry({ therapist, recipient: fresh.recipient, mailbox, body });
    const ciphertext = sealed.ok ? sealed.ciphertext : "";
    const opened = await openEnquiry(ciphertext, [fresh.identity], { therapist });
    expect(opened).toMatchObject({ ok: true, body });
  });

  test.each(["byAge", "byUs"] as const)(
    "opens keys wrapped %s to a recovery key",
    async (maker) => {
      const wrapped = vectors[maker].wrappedByRecovery;
      expect(await unwrapByRecovery(wrapped, recovery.identity)).toEqual(whole);
    },
  );

  test.each(["armoured", "armouredToTwo"] as const)("opens text in armour: %s", async (name) => {
    const read = readArmoured(byAge[name]);
    const opened = await openArmoured(read.ok ? read.ciphertext : "", [key.identity]);
    expect(opened).toEqual({ ok: true, body });
  });
});

test.each(["byAge", "byUs"] as const)(
  "opens keys wrapped %s by a passphrase",
  slow,
  async (maker) => {
    vi.stubGlobal("WebAssembly", undefined);
    expect(await unwrapByPassphrase(vectors[maker].wrappedByPassphrase, passphrase)).toEqual(whole);
  },
);

test("refuses armour that no therapist could open", () => {
  const { armouredByPassphrase, armouredToSsh } = byAge;
  expect(readArmoured(armouredByPassphrase)).toEqual({ ok: false, reason: "passphrase" });
  expect(readArmoured(armouredToSsh)).toEqual({ ok: false, reason: "no-recipient" });
});

describe.runIf(hasAge)("beside the `age` of this machine", slow, () => {
  test("age opens the committed files that we made", async () => {
    const file = Buffer.from(byUs.enquiry, "base64");
    expect(JSON.parse(unpadded(ageOpens(file, key.identity)))).toMatchObject({ v: 1, body });
    expect(ageOpens(byUs.wrappedByRecovery, recovery.identity).toString().trim()).toBe(
      key.identity,
    );
    const unwrapped = await ageUnwraps(byUs.wrappedByPassphrase, passphrase);
    expect(unwrapped.trim()).toBe(key.identity);
  });

  test("age opens what we seal now", async () => {
    const fresh = await makeKey();
    expect(recipientBy(fresh.identity)).toBe(fresh.recipient);
    const to = { therapist, recipient: fresh.recipient, mailbox, body };
    const enquiry = await sealEnquiry(to);
    const file = Buffer.from(enquiry.ok ? enquiry.ciphertext : "", "base64");
    expect(JSON.parse(unpadded(ageOpens(file, fresh.identity)))).toEqual({
      v: 1,
      therapist,
      key: await fingerprint(fresh.recipient),
      thread: await mailbox.threadWith(therapist),
      reply: mailbox.recipient,
      body,
    });
    const { recipient } = mailbox;
    const reply = await sealReply({ therapist, recipient, thread: "x", body, last: false });
    const answer = Buffer.from(reply.ok ? reply.ciphertext : "", "base64");
    expect(JSON.parse(unpadded(ageOpens(answer, mailbox.identity)))).toEqual({
      v: 1,
      therapist,
      thread: "x",
      body,
      last: false,
    });
    const wrapped = await wrapByRecovery(fresh.identity, recovery);
    expect(ageOpens(wrapped, recovery.identity).toString()).toBe(`${fresh.identity}\n`);
    const locked = await wrapByPassphrase(fresh.identity, passphrase);
    expect(await ageUnwraps(locked, passphrase)).toBe(`${fresh.identity}\n`);
  });

  test("we open what age seals now", async () => {
    const read = readArmoured(ageSeals(body, "-a", "-r", key.recipient).toString());
    const opened = await openArmoured(read.ok ? read.ciphertext : "", [key.identity]);
    expect(opened).toEqual({ ok: true, body });
    const wrapped = await ageWraps(`${key.identity}\n`, passphrase);
    expect(await unwrapByPassphrase(wrapped, passphrase)).toEqual(whole);
  });

  test("age-keygen gives the recipients of the frozen codenames", () => {
    for (const { identity, recipient, reportIdentity, reportRecipient } of codenames) {
      expect(recipientBy(identity)).toBe(recipient);
      expect(recipientBy(reportIdentity)).toBe(reportRecipient);
    }
  });
});

function unpadded(block: Buffer): string {
  expect([4096, 16_384]).toContain(block.length);
  const end = 4 + block.readUInt32BE();
  expect(block.subarray(end).every((byte) => byte === 0)).toBe(true);
  return block.subarray(4, end).toString();
}
