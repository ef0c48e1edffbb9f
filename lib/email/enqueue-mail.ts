import { randomUUID } from "node:crypto";
import { inArray } from "drizzle-orm";
import type { Db } from "#db/client.ts";
import { mails, neverContact } from "#db/schema/mails.ts";
import type { MailKind } from "#db/vocabulary.ts";
import { enqueueSend } from "#lib/jobs/enqueue.ts";
import { hashesUnder, keptHash, listHashKeys } from "#lib/sealing/kept-hash.ts";
import { seal } from "#lib/sealing/seal.ts";
import { type MailParams, mailAddress, parseMailContent } from "./schema.ts";

export type MailOrder<K extends MailKind> = {
  kind: K;
  to: string;
  /** Whose account it is about: the mail goes when they go. */
  personId: string | null;
  locale: "en" | "es";
  params: MailParams[K];
  /** After this it is not sent any more. */
  uselessAfter?: Date;
};

/**
 * Puts a mail on its way, in the caller's transaction: it goes if the change holds, and only then.
 * No invitation ever goes to an address whose owner said "never again".
 * @throws ZodError when the address is none, or the params are not those of the kind
 */
export async function enqueueMail<K extends MailKind>(order: MailOrder<K>, db: Db): Promise<void> {
  const { kind, personId, locale, uselessAfter } = order;
  const to = mailAddress.parse(order.to);
  const { params } = parseMailContent(kind, order.params);
  if (kind === "invitation" && (await isNeverToBeContacted(to, db))) return;
  const id = randomUUID();
  const sealedBody = seal(JSON.stringify({ to, params }), mailContext(id));
  await db
    .insert(mails)
    .values({ id, personId, kind, locale, sealedBody, uselessAfter: uselessAfter ?? null });
  await enqueueSend(id, db, { urgent: awaited.includes(kind) });
}

/** Somebody sits in front of a screen until these come. */
const awaited: readonly MailKind[] = ["sign-in", "address-change-old", "address-change-new"];

/** What a mail's body is sealed for. */
export const mailContext = (mailId: string) => `mail:${mailId}`;

/** How an address is remembered that must never be written to again. */
export const neverContactHash = (address: string) => keptHash(tidied(address), hashContext);

export async function isNeverToBeContacted(address: string, db: Db): Promise<boolean> {
  const hashes = hashesUnder(await listHashKeys(db), tidied(address), hashContext);
  const [found] = await db
    .select({ since: neverContact.since })
    .from(neverContact)
    .where(inArray(neverContact.addressHash, hashes))
    .limit(1);
  return found !== undefined;
}

const hashContext = "never-contact";

const tidied = (address: string) => address.trim().toLowerCase();
