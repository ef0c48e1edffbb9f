import { createHash, createHmac, randomBytes } from "node:crypto";
import { armor, Encrypter } from "age-encryption";
import fc from "fast-check";
import { afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { isIdentity, isRecipient, sealAgeFile } from "./age-file.ts";
import {
  canWrapByPasskey,
  fingerprint,
  isWrapped,
  type Key,
  makeKey,
  unwrapByPasskey,
  unwrapByPassphrase,
  unwrapByRecovery,
  wrapByPasskey,
  wrapByPassphrase,
  wrapByRecovery,
} from "./keys.ts";

/** Passphrases are slow by design, and machines that test are busy. */
const slow = { timeout: 60_000 };
const passphrase = "paraguas rojo y siete gatos";

let key: Key;
let recovery: Key;
let byPassphrase: string;
let byRecovery: string;

beforeAll(async () => {
  [key, recovery] = [await makeKey(), await makeKey()];
  byPassphrase = await wrapByPassphrase(key.identity, passphrase);
  byRecovery = await wrapByRecovery(key.identity, recovery);
}, slow.timeout);

afterEach(() => vi.unstubAllGlobals());

describe("makeKey", () => {
  test("makes an age key pair", () => {
    expect(isIdentity(key.identity)).toBe(true);
    expect(isRecipient(key.recipient)).toBe(true);
    expect(isRecipient(key.identity)).toBe(false);
    expect(isRecipient(key.recipient.replace(/.$/, (letter) => (letter === "q" ? "p" : "q")))).toBe(
      false,
    );
  });
});

describe("fingerprint", () => {
  test("is eight groups of four, of the recipient's text", async () => {
    const hex = createHash("sha256").update(key.recipient).digest("hex").slice(0, 32);
    expect(await fingerprint(key.recipient)).toMatch(/^([0-9a-f]{4} ){7}[0-9a-f]{4}$/);
    expect((await fingerprint(key.recipient)).replaceAll(" ", "")).toBe(hex);
  });
});

describe("a key wrapped by a passphrase", slow, () => {
  test("opens by it, however the keyboard writes accents", async () => {
    expect(await unwrapByPassphrase(byPassphrase, ` ${passphrase}\n`)).toEqual({
      ok: true,
      ...key,
    });
    const accents = await wrapByPassphrase(key.identity, "ñandú".normalize("NFD"));
    expect(await unwrapByPassphrase(accents, "ñandú".normalize("NFC"))).toMatchObject(key);
  });

  test("does not open by another", async () => {
    const unwrapped = await unwrapByPassphrase(byPassphrase, passphrase.toUpperCase());
    expect(unwrapped).toEqual({ ok: false, reason: "wrong-key" });
  });

  test("is refused unread where opening would take all of a phone's memory", async () => {
    const file = Buffer.from(armor.decode(byPassphrase)).toString("latin1");
    const costly = Buffer.from(file.replace(/ 17\n/, " 20\n"), "latin1");
    expect(await unwrapByPassphrase(armor.encode(costly), passphrase)).toEqual({
      ok: false,
      reason: "too-costly",
    });
  });

  test("is malformed when what it holds is no key, or two", async () => {
    for (const text of ["hola", "", `${key.identity}\n${recovery.identity}\n`]) {
      const encrypter = new Encrypter();
      encrypter.setPassphrase(passphrase);
      encrypter.setScryptWorkFactor(1);
      const wrapped = armor.encode(await encrypter.encrypt(text));
      expect(await unwrapByPassphrase(wrapped, passphrase)).toMatchObject({ reason: "malformed" });
    }
  });
});

describe("a key wrapped by a recovery key", slow, () => {
  test("opens by it, however it is typed", async () => {
    const typed = recovery.identity.toLowerCase().replace(/(.{8})/g, "$1 ");
    expect(await unwrapByRecovery(byRecovery, `\n${typed}`)).toEqual({ ok: true, ...key });
  });

  test.each(["", "AGE-SECRET-KEY-1", "paraguas"])("does not open by %j", async (typed) => {
    expect(await unwrapByRecovery(byRecovery, typed)).toEqual({ ok: false, reason: "wrong-key" });
  });

  test("does not open by another, nor by a slip of one letter", async () => {
    const slip = recovery.identity.replace(/.$/, (letter) => (letter === "Q" ? "P" : "Q"));
    for (const typed of [key.identity, slip]) {
      expect(await unwrapByRecovery(byRecovery, typed)).toMatchObject({ reason: "wrong-key" });
    }
  });

  test("never throws and never gives another key, whatever becomes of the file", async () => {
    const file = armor.decode(byRecovery);
    await fc.assert(
      fc.asyncProperty(
        fc.nat(file.length - 1),
        fc.integer({ min: 1, max: 255 }),
        async (at, by) => {
          const changed = file.slice();
          changed[at] = (changed[at] ?? 0) ^ by;
          const unwrapped = await unwrapByRecovery(armor.encode(changed), recovery.identity);
          expect(unwrapped).toEqual({
            ok: false,
            reason: expect.stringMatching(/^(not-age|wrong-key|tampered)$/),
          });
          const cut = armor.encode(file.subarray(0, at));
          expect((await unwrapByRecovery(cut, recovery.identity)).ok).toBe(false);
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe("isWrapped", () => {
  test("tells the three kinds apart, and takes nothing else", async () => {
    const toBoth = new Encrypter();
    toBoth.addRecipient(key.recipient);
    toBoth.addRecipient(recovery.recipient);
    const two = armor.encode(await toBoth.encrypt(key.identity));
    const texts = [
      byPassphrase,
      byRecovery,
      two,
      key.identity,
      "",
      `${byRecovery}${" ".repeat(9000)}`,
    ];
    expect(texts.map((text) => isWrapped(text, "passphrase"))).toEqual([
      true,
      false,
      false,
      false,
      false,
      false,
    ]);
    expect(texts.map((text) => isWrapped(text, "recovery"))).toEqual([
      false,
      true,
      false,
      false,
      false,
      false,
    ]);
    expect(texts.map((text) => isWrapped(text, "passkey"))).toEqual(texts.map(() => false));
  });
});

describe("a key wrapped by a passkey", () => {
  test("opens by the same passkey", async () => {
    vi.stubGlobal("window", { origin: "https://staff.example" });
    vi.stubGlobal("navigator", { credentials: softPrf() });
    const wrapped = await wrapByPasskey(key.identity, "Parasol");
    expect(isWrapped(wrapped, "passkey")).toBe(true);
    expect(isWrapped(wrapped, "recovery")).toBe(false);
    expect(isWrapped(wrapped.replace(/^.*\n/, ""), "passkey")).toBe(false);
    expect(await unwrapByPasskey(wrapped)).toEqual({ ok: true, ...key });
    vi.stubGlobal("navigator", { credentials: softPrf() });
    expect(await unwrapByPasskey(wrapped)).toEqual({ ok: false, reason: "wrong-key" });
  });

  test("says when the passkey is refused or no passkeys are there", async () => {
    vi.stubGlobal("window", { origin: "https://staff.example" });
    vi.stubGlobal("navigator", { credentials: softPrf() });
    const wrapped = await wrapByPasskey(key.identity, "Parasol");
    vi.stubGlobal("navigator", {});
    expect(await unwrapByPasskey(wrapped)).toEqual({ ok: false, reason: "no-passkey" });
    const misspelt = wrapped.replace(/1(.)/, "1QQ$1");
    vi.stubGlobal("navigator", { credentials: softPrf() });
    expect(await unwrapByPasskey(misspelt)).toEqual({ ok: false, reason: "no-passkey" });
    expect(await unwrapByPasskey(byRecovery)).toEqual({ ok: false, reason: "not-age" });
  });

  test("is offered where the browser says so", async () => {
    expect(await canWrapByPasskey()).toBe(false);
    vi.stubGlobal("PublicKeyCredential", {});
    expect(await canWrapByPasskey()).toBe(false);
    const capabilities = { "extension:prf": true };
    vi.stubGlobal("PublicKeyCredential", { getClientCapabilities: async () => capabilities });
    expect(await canWrapByPasskey()).toBe(true);
  });
});

test("a file of one kind is not read as another", async () => {
  const opened = await unwrapByRecovery(byPassphrase, recovery.identity);
  expect(opened).toEqual({ ok: false, reason: "not-age" });
  expect(await unwrapByPassphrase(byRecovery, passphrase)).toMatchObject({ reason: "not-age" });
  const raw = await sealAgeFile(new TextEncoder().encode("hola"), recovery.recipient);
  expect(await unwrapByRecovery(armor.encode(raw), recovery.identity)).toMatchObject({
    reason: "malformed",
  });
});

/** An authenticator in software: HMAC under a secret of its own, as CTAP's `hmac-secret` does. */
function softPrf() {
  const secret = randomBytes(32);
  const prf = (input: Uint8Array) =>
    new Uint8Array(createHmac("sha256", secret).update(input).digest());
  return {
    create: async () => ({
      rawId: randomBytes(16),
      response: { getTransports: () => ["internal"] },
      getClientExtensionResults: () => ({ prf: { enabled: true } }),
    }),
    get: async ({ publicKey }: CredentialRequestOptions) => {
      const { first, second } = publicKey?.extensions?.prf?.eval ?? {};
      const results = { first: prf(first as Uint8Array), second: prf(second as Uint8Array) };
      return { getClientExtensionResults: () => ({ prf: { results } }) };
    },
  };
}
