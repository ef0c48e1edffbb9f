import { type APIRequestContext, expect } from "@playwright/test";
import { solveChallenge } from "altcha-lib";
import { deriveKey } from "altcha-lib/algorithms/pbkdf2";
import { makeCodename } from "#lib/letters/codename.ts";
import { type OpenReply, openReply, sealEnquiry } from "#lib/letters/letter.ts";
import { openMailbox } from "#lib/letters/mailbox.ts";

type Key = { therapist: string; recipient: string };

/** A reader with a codename of their own, who speaks to the site as the page's script does. */
export async function makeVisitor(request: APIRequestContext, slug: string) {
  const mailbox = await openMailbox(makeCodename("en").entropy);

  async function ask(path: string, data: object): Promise<unknown> {
    const headers = { "sec-fetch-site": "same-origin" };
    const answer = await request.post(`/api/enquiries${path}`, { data, headers });
    expect(answer.ok(), `${path}: ${answer.status()}`).toBe(true);
    return answer.json();
  }

  async function prove(asked: object): Promise<{ proof: object; key: Key }> {
    const { challenge, key } = (await ask("/challenge", asked)) as { challenge: never; key: Key };
    const solution = await solveChallenge({ challenge, deriveKey, timeout: 0 });
    return { proof: { challenge, solution }, key };
  }

  /** @param recipient another key than the one that counts */
  async function write(body: string, recipient?: string): Promise<void> {
    const { proof, key } = await prove({ purpose: "write", therapist: slug });
    const sealed = await sealEnquiry({ ...key, ...(recipient && { recipient }), mailbox, body });
    if (!sealed.ok) throw new Error(sealed.reason);
    const { tokenHash } = mailbox;
    await ask("", { therapist: slug, tokenHash, ciphertext: sealed.ciphertext, proof });
  }

  async function read(): Promise<OpenReply[]> {
    const { proof } = await prove({ purpose: "fetch" });
    const { slots } = (await ask("/fetch", { token: mailbox.token, proof })) as { slots: string[] };
    const opened = await Promise.all(slots.map((slot) => openReply(slot, mailbox)));
    return opened.filter((reply) => reply.ok);
  }

  return { mailbox, write, read };
}
