import { armor, Encrypter } from "age-encryption";
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { ARMOURED_LIMIT, openArmoured, readArmoured } from "./armoured.ts";
import { type Key, makeKey } from "./keys.ts";
import { SEALED_LENGTHS } from "./letter.ts";

const anyUnit = fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code));
let key: Key;
let other: Key;
let text: string;

beforeAll(async () => {
  [key, other] = [await makeKey(), await makeKey()];
  text = await armoured("Hola", key.recipient);
});

describe("readArmoured", { timeout: 60_000 }, () => {
  test("takes a whole file, whatever mail programs did to its lines", async () => {
    const shapes = [
      text,
      text.replaceAll("\n", "\r\n"),
      `\n\n  ${text}  \n`,
      text.replaceAll("\n", "  \n"),
      text.replaceAll("\n", "\n\n"),
    ];
    for (const shape of shapes) {
      const read = readArmoured(shape);
      expect(read).toMatchObject({ ok: true });
      const opened = await openArmoured(read.ok ? read.ciphertext : "", [
        other.identity,
        key.identity,
      ]);
      expect(opened).toEqual({ ok: true, body: "Hola" });
    }
  });

  test("takes a file for several people", async () => {
    const shared = await armoured("Hola", other.recipient, key.recipient);
    expect(readArmoured(shared)).toMatchObject({ ok: true });
  });

  test("takes letters as long as the page's own", async () => {
    expect(readArmoured(await armoured("x".repeat(16_384), key.recipient))).toMatchObject({
      ok: true,
      ciphertext: expect.stringMatching(new RegExp(`^.{${SEALED_LENGTHS[1]}}$`)),
    });
  });

  test.each<[string, (whole: string) => string | Promise<string>]>([
    ["empty", () => " \r\n "],
    ["plain-text", () => "Hola, I would like to talk."],
    ["plain-text", (whole) => `Hola\n${whole}`],
    ["plain-text", (whole) => `${whole}\nMaria`],
    ["plain-text", (whole) => `${whole}${whole}`],
    ["plain-text", () => "-----BEGIN PGP MESSAGE-----\nabcd\n-----END PGP MESSAGE-----"],
    ["plain-text", () => "age-encryption.org/v1\n-> X25519 abc"],
    ["secret-key", () => other.identity],
    ["secret-key", (whole) => `${whole}\n${other.identity.toLowerCase()}`],
    ["truncated", (whole) => whole.slice(0, 200)],
    ["truncated", (whole) => whole.replace(/-----END.*\n/, "")],
    ["truncated", (whole) => armor.encode(armor.decode(whole).subarray(0, 190))],
    ["truncated", () => "-----BEGIN AGE ENCRYPTED FILE-----"],
    ["malformed", (whole) => whole.replace("YWdl", "YWdm")],
    ["malformed", (whole) => whole.replace("YWdl", "Y%dl")],
    ["malformed", (whole) => whole.replace("YWdl", "YWd")],
    ["malformed", () => "-----BEGIN AGE ENCRYPTED FILE-----\n-----END AGE ENCRYPTED FILE-----"],
    ["malformed", (whole) => armor.encode(armor.decode(whole).subarray(0, 100))],
    ["passphrase", () => byPassphrase()],
    ["too-long", () => armoured("x".repeat(20_000), key.recipient)],
    ["too-long", () => "x".repeat(ARMOURED_LIMIT + 1)],
  ])("says %s", async (reason, make) => {
    expect(readArmoured(await make(text))).toEqual({ ok: false, reason });
  });

  test("answers any text without throwing", () => {
    const lines = fc.constantFrom(...text.split("\n"), "", "x", "=", "-----", "YQ==");
    const mixed = fc.array(lines, { maxLength: 12 }).map((parts) => parts.join("\n"));
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: anyUnit, maxLength: 40 }), mixed), (typed) => {
        fc.pre(typed.trim() !== text.trim());
        expect(readArmoured(typed)).toHaveProperty("ok");
      }),
      { numRuns: 150 },
    );
  });

  test("knows a file that was cut anywhere", () => {
    for (let end = 0; end < text.length - 1; end++) {
      expect(readArmoured(text.slice(0, end)).ok).toBe(false);
    }
  });
});

describe("openArmoured", () => {
  test("refuses what is not for these keys, not whole, or no text", async () => {
    const read = readArmoured(text);
    const ciphertext = read.ok ? read.ciphertext : "";
    const open = (sent: string) => openArmoured(sent, [key.identity]);
    expect(await openArmoured(ciphertext, [other.identity])).toMatchObject({ reason: "wrong-key" });
    expect(await open("hola")).toMatchObject({ reason: "not-age" });
    const cut = Buffer.from(ciphertext, "base64").subarray(0, -1).toString("base64");
    expect(await open(cut)).toMatchObject({ reason: "tampered" });
    const picture = readArmoured(await armoured(Uint8Array.of(0xff, 0xd8, 0xff), key.recipient));
    expect(await open(picture.ok ? picture.ciphertext : "")).toMatchObject({ reason: "malformed" });
  });
});

async function armoured(body: string | Uint8Array, ...recipients: string[]): Promise<string> {
  const encrypter = new Encrypter();
  for (const recipient of recipients) encrypter.addRecipient(recipient);
  // A Uint8Array and a string take the same path inside.
  return armor.encode(await encrypter.encrypt(body as string));
}

async function byPassphrase(): Promise<string> {
  const encrypter = new Encrypter();
  encrypter.setPassphrase("hola");
  encrypter.setScryptWorkFactor(1);
  return armor.encode(await encrypter.encrypt("Hola"));
}
