/**
 * Makes age-files.json again: `node tests/vectors/letters/make.ts`, with Debian's `age` installed.
 * codenames.json is not made by a program: it is frozen, since people keep codenames on paper.
 */
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { fingerprint, makeKey, wrapByPassphrase, wrapByRecovery } from "#lib/letters/keys.ts";
import { sealEnquiry, sealReply } from "#lib/letters/letter.ts";
import { openMailbox } from "#lib/letters/mailbox.ts";
import { ageOpens, ageSeals, ageUnwraps, ageWraps } from "./age-tool.ts";

const therapist = "5b0f6f0e-9f0a-4c53-8f43-0d2f5f0a7c11";
const passphrase = "paraguas rojo, ñandú y 7 gatos";
const body = "Hola. \u201cI would like to talk\u201d \u2014 ☂️\n¿Tiene sitio en marzo?";
const entropy = new Uint8Array(16).fill(0x7f);
const mailbox = await openMailbox(entropy);
const [key, other, recovery] = [await makeKey(), await makeKey(), await makeKey()];
const thread = await mailbox.threadWith(therapist);
const keygenFile = `# created: 2026-11-20T00:00:00Z\n# public key: ${key.recipient}\n${key.identity}\n`;

const enquiry = {
  v: 1,
  therapist,
  key: await fingerprint(key.recipient),
  thread,
  reply: mailbox.recipient,
  body,
};
const reply = { v: 1, therapist, thread, body, last: true };

/** What `age` made, for us to open. */
const byAge = {
  enquiry: sealed(enquiry, 4096, key.recipient),
  longEnquiry: sealed({ ...enquiry, body: body.repeat(150) }, 16_384, key.recipient),
  reply: sealed(reply, 16_384, mailbox.recipient),
  armoured: ageSeals(body, "-a", "-r", key.recipient).toString(),
  armouredToTwo: ageSeals(body, "-a", "-r", other.recipient, "-r", key.recipient).toString(),
  armouredByPassphrase: await ageWraps(body, passphrase),
  armouredToSsh: ageSeals(body, "-a", "-r", sshKey()).toString(),
  wrappedByPassphrase: await ageWraps(keygenFile, passphrase),
  wrappedByRecovery: ageSeals(keygenFile, "-a", "-r", recovery.recipient).toString(),
};

/** What we made, and `age` opened just now: else nothing is written. */
const byUs = {
  enquiry: text(await sealEnquiry({ therapist, recipient: key.recipient, mailbox, body })),
  reply: text(
    await sealReply({ therapist, recipient: mailbox.recipient, thread, body, last: true }),
  ),
  wrappedByPassphrase: await wrapByPassphrase(key.identity, passphrase),
  wrappedByRecovery: await wrapByRecovery(key.identity, recovery),
};
same(ageOpens(Buffer.from(byUs.enquiry, "base64"), key.identity), padded(enquiry, 4096));
same(ageOpens(Buffer.from(byUs.reply, "base64"), mailbox.identity), padded(reply, 16_384));
same(await ageUnwraps(byUs.wrappedByPassphrase, passphrase), `${key.identity}\n`);
same(ageOpens(byUs.wrappedByRecovery, recovery.identity), `${key.identity}\n`);

const version = spawnSync("age", ["--version"]).stdout.toString().trim();
const given = { therapist, passphrase, body, entropy: Buffer.from(entropy).toString("hex") };
const vectors = { age: version, ...given, key, other, recovery, byAge, byUs };
writeFileSync(new URL("age-files.json", import.meta.url), `${JSON.stringify(vectors, null, 2)}\n`);

function sealed(letter: object, size: number, recipient: string): string {
  return ageSeals(padded(letter, size), "-r", recipient).toString("base64");
}

/** Written a second time, by the words of docs/decisions/0023 alone. */
function padded(letter: object, size: number): Buffer {
  const json = Buffer.from(JSON.stringify(letter));
  const block = Buffer.alloc(size);
  block.writeUInt32BE(json.length);
  json.copy(block, 4);
  return block;
}

function text(sealedLetter: { ok: true; ciphertext: string } | { ok: false; reason: string }) {
  if (!sealedLetter.ok) throw new Error(sealedLetter.reason);
  return sealedLetter.ciphertext;
}

function same(opened: Buffer | string, expected: Buffer | string): void {
  if (!Buffer.from(opened).equals(Buffer.from(expected))) throw new Error("age reads otherwise");
}

/** A point whose secret nobody has. */
function sshKey(): string {
  const key = Buffer.concat([frame("ssh-ed25519"), frame(Buffer.alloc(32, 9))]);
  return `ssh-ed25519 ${key.toString("base64")}`;
}

function frame(part: string | Buffer): Buffer {
  const bytes = Buffer.from(part);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}
