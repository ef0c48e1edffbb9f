import { openArmoured } from "#lib/letters/armoured.ts";
import { isSealedLetter, openEnquiry } from "#lib/letters/letter.ts";

/** A letter as the page has it. */
export type SealedLetter = {
  id: string;
  ciphertext: string;
  /** The day on which it goes, and the same in words. */
  expiresOn: string;
  until: string;
  answered: boolean;
};

/** A letter that is open; without `address` no answer can go back. */
export type OpenLetter = { letter: SealedLetter; body: string; address: Address | null };

/** To whom an answer is sealed, and what goes with it. */
export type Address = { recipient: string; thread: string };

/** Letters of one conversation, in the order that the page has them in. */
export type Thread = { address: Address | null; letters: OpenLetter[] };

/** `otherKey`: made for a key that is not open, as far as can be told. */
export type Sorted = { threads: Thread[]; junk: SealedLetter[]; otherKey: SealedLetter[] };

/** Opens what can be opened, and puts together what belongs together. Never throws. */
export async function openLetters(
  letters: readonly SealedLetter[],
  { identities, therapist }: { identities: readonly string[]; therapist: string },
): Promise<Sorted> {
  const threads = new Map<string, Thread>();
  const sorted: Sorted = { threads: [], junk: [], otherKey: [] };
  for (const letter of letters) {
    const opened = await open(letter, identities, therapist);
    if (!("body" in opened)) {
      sorted[opened.reason === "wrong-key" ? "otherKey" : "junk"].push(letter);
      continue;
    }
    const { address } = opened;
    const name = address ? `${address.thread} ${address.recipient}` : letter.id;
    const thread = threads.get(name) ?? { address, letters: [] };
    thread.letters.push(opened);
    threads.set(name, thread);
  }
  sorted.threads.push(...threads.values());
  return sorted;
}

async function open(
  letter: SealedLetter,
  identities: readonly string[],
  therapist: string,
): Promise<OpenLetter | { reason: string }> {
  const { ciphertext } = letter;
  if (isSealedLetter(ciphertext)) {
    const opened = await openEnquiry(ciphertext, identities, { therapist });
    if (opened.ok) {
      const { body, reply, thread } = opened;
      return { letter, body, address: { recipient: reply, thread } };
    }
    if (opened.reason !== "malformed") return opened;
  }
  // Sealed by someone's own `age`: its text stands by itself, and names nobody to answer.
  const opened = await openArmoured(ciphertext, identities);
  return opened.ok ? { letter, body: opened.body, address: null } : opened;
}
