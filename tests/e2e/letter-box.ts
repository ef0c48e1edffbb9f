import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { connect } from "#db/client.ts";
import type { Actor } from "#lib/auth/rules.ts";
import { addKey } from "#lib/enquiries/add-key.ts";
import { sendReply } from "#lib/enquiries/send-reply.ts";
import { type Key, makeKey, wrapByPassphrase, wrapByRecovery } from "#lib/letters/keys.ts";
import { type OpenEnquiry, openEnquiry, sealReply } from "#lib/letters/letter.ts";
import { dataDir } from "./own-web.ts";

/** The therapist's side of sealed letters, without a browser, on the data of the site. */
export type LetterBox = Awaited<ReturnType<typeof openLetterBox>>;

export async function openLetterBox(persona: string) {
  const read = (name: string) => readFileSync(join(dataDir, name), "utf8").trim();
  const { databaseUrl } = JSON.parse(read("up.json"));
  // For the mail that tells them of a new key.
  process.env.SITE_URL ??= process.env.PARASOL_URL;
  process.env.MASTER_KEY ??= read("master.key");
  const { db, sql } = connect(databaseUrl);
  const [owner] = await sql<{ id: string; personId: string }[]>`
    select t.id, p.id as "personId" from therapists t join people p on p.id = t.person_id
    where p.persona = ${persona}`;
  if (!owner) throw new Error(`no therapist is called ${persona}`);
  const actor: Actor = { personId: owner.personId, roles: ["therapist"] };
  const recovery = await makeKey();

  /** A key that counts from now on; what was there before is gone. */
  async function giveKey(): Promise<Key> {
    await takeKeys();
    const key = await makeKey();
    const wrapped = {
      recipient: key.recipient,
      wrappedByPassphrase: await wrapByPassphrase(key.identity, "eleven quiet herons at dusk"),
      wrappedByRecovery: await wrapByRecovery(key.identity, recovery),
      wrappedByPasskey: null,
    };
    await addKey(actor, wrapped, new Date(), db);
    return key;
  }

  async function takeKeys(): Promise<void> {
    await sql`delete from enquiry_keys where therapist_id = ${owner?.id ?? ""}`;
  }

  async function letters(key: Key): Promise<(OpenEnquiry & { id: string })[]> {
    const rows = await sql<{ id: string; ciphertext: string }[]>`
      select id, ciphertext from enquiries where therapist_id = ${owner?.id ?? ""}`;
    const opened = await Promise.all(
      rows.map(async ({ id, ciphertext }) => ({
        id,
        ...(await openEnquiry(ciphertext, [key.identity], { therapist: owner?.id ?? "" })),
      })),
    );
    return opened.filter((letter) => letter.ok);
  }

  async function answer(letter: OpenEnquiry & { id: string }, body: string, last = false) {
    const { thread, reply: recipient } = letter;
    const sealed = await sealReply({ therapist: owner?.id ?? "", recipient, thread, body, last });
    if (!sealed.ok) throw new Error(sealed.reason);
    await sendReply(actor, { enquiryId: letter.id, ciphertext: sealed.ciphertext }, new Date(), db);
  }

  /** Every row of every table as text. */
  async function wholeDatabase(): Promise<string> {
    const tables = await sql<{ name: string }[]>`
      select format('%I.%I', schemaname, tablename) as name from pg_tables
      where schemaname in ('public', 'graphile_worker')
        and has_table_privilege(format('%I.%I', schemaname, tablename), 'select')`;
    const rows = await Promise.all(
      tables.map(({ name }) => sql.unsafe(`select t::text as row from ${name} t`)),
    );
    return JSON.stringify(rows);
  }

  return { id: owner.id, sql, giveKey, takeKeys, letters, answer, wholeDatabase };
}

/** Files below the data folder that hold a word, as it is. */
export function filesWith(word: string): string[] {
  try {
    const found = execFileSync("grep", ["-rlaF", word, dataDir], { encoding: "utf8" });
    return found.split("\n").filter(Boolean);
  } catch {
    // `grep` says by its status that there are none.
    return [];
  }
}
