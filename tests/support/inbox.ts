import { armor, Encrypter } from "age-encryption";
import { createChallenge } from "altcha-lib";
import { deriveKey } from "altcha-lib/algorithms/pbkdf2";
import type { Db } from "#db/client.ts";
import type { Actor } from "#lib/auth/rules.ts";
import { addKey } from "#lib/enquiries/add-key.ts";
import { proofSecrets } from "#lib/enquiries/proof-secrets.ts";
import { type Purpose, proofMinutes } from "#lib/enquiries/rules.ts";
import type { Challenge, NewKey, Proof } from "#lib/enquiries/schema.ts";
import { sendEnquiry } from "#lib/enquiries/send-enquiry.ts";
import { type Key, makeKey, wrapByRecovery } from "#lib/letters/keys.ts";
import { sealEnquiry, sealReply } from "#lib/letters/letter.ts";
import { type Mailbox, openMailbox } from "#lib/letters/mailbox.ts";
import type { TestDatabase } from "./test-database.ts";

export type Inbox = { actor: Actor; therapist: string; slug: string; key: Key; keyId: string };

/** The inbox of one of the demo's people, with a key that counts since a moment. */
export async function openInbox(
  database: TestDatabase,
  persona: string,
  now = new Date(),
): Promise<Inbox> {
  const [own] = await database.sql<{ id: string; slug: string; personId: string }[]>`
    select t.id, t.slug, p.id as "personId" from therapists t join people p on p.id = t.person_id
    where p.persona = ${persona}`;
  if (!own) throw new Error(`no therapist is called ${persona}`);
  await database.sql`delete from enquiry_keys where therapist_id = ${own.id}`;
  const actor: Actor = { personId: own.personId, roles: ["therapist"] };
  const made = await makeNewKey();
  const keyId = await addKey(actor, made.given, now, database.db);
  return { actor, therapist: own.id, slug: own.slug, key: made.key, keyId };
}

/** A key as a browser gives it, but with a passphrase that is quickly tried. */
export async function makeNewKey(): Promise<{ key: Key; given: NewKey }> {
  const key = await makeKey();
  const encrypter = new Encrypter();
  encrypter.setPassphrase("eleven quiet herons at dusk");
  encrypter.setScryptWorkFactor(1);
  const given = {
    recipient: key.recipient,
    wrappedByPassphrase: armor.encode(await encrypter.encrypt(key.identity)),
    wrappedByRecovery: await wrapByRecovery(key.identity, await makeKey()),
    wrappedByPasskey: null,
  };
  return { key, given };
}

/** Someone with a codename of their own. */
export function makeReader(): Promise<Mailbox> {
  return openMailbox(crypto.getRandomValues(new Uint8Array(16)));
}

/** A proof for something, without the work. */
export async function proofFor(purpose: Purpose, now = new Date()): Promise<Proof> {
  const challenge = (await createChallenge({
    algorithm: "PBKDF2/SHA-256",
    cost: 1,
    counter: 1,
    data: { purpose },
    deriveKey,
    expiresAt: new Date(now.getTime() + proofMinutes * 60_000),
    ...proofSecrets(),
  })) as Challenge;
  const { nonce, salt } = challenge.parameters;
  const password = Buffer.concat([Buffer.from(nonce, "hex"), Buffer.from([0, 0, 0, 1])]);
  const { derivedKey } = await deriveKey(challenge.parameters, Buffer.from(salt, "hex"), password);
  return {
    challenge,
    solution: { counter: 1, derivedKey: Buffer.from(derivedKey).toString("hex") },
  };
}

export async function sealedTo(inbox: Inbox, mailbox: Mailbox, body: string): Promise<string> {
  const { therapist, key } = inbox;
  return sealedText(await sealEnquiry({ therapist, recipient: key.recipient, mailbox, body }));
}

export async function sealedAnswer(inbox: Inbox, mailbox: Mailbox, body: string): Promise<string> {
  const thread = await mailbox.threadWith(inbox.therapist);
  const { recipient } = mailbox;
  const { therapist } = inbox;
  return sealedText(await sealReply({ therapist, recipient, thread, body, last: false }));
}

/** A letter as the write page sends it. */
export async function write(
  inbox: Inbox,
  mailbox: Mailbox,
  { body = "Hello.", now = new Date() }: { body?: string; now?: Date },
  db: Db,
) {
  const ciphertext = await sealedTo(inbox, mailbox, body);
  const proof = await proofFor(`write:${inbox.therapist}`, now);
  const letter = { therapist: inbox.slug, tokenHash: mailbox.tokenHash, ciphertext, proof };
  return sendEnquiry(letter, now, db);
}

function sealedText(sealed: Awaited<ReturnType<typeof sealReply>>): string {
  if (!sealed.ok) throw new Error(sealed.reason);
  return sealed.ciphertext;
}
