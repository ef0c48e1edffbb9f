import { and, count, eq, gt } from "drizzle-orm";
import { type Db, primary } from "#db/client.ts";
import { addressChanges, people } from "#db/schema/accounts.ts";
import { mails } from "#db/schema/mails.ts";
import { appendEvent } from "#lib/audit/append-event.ts";
import type { Actor } from "#lib/auth/rules.ts";
import { enqueueMail } from "#lib/email/enqueue-mail.ts";
import { siteAddress } from "#lib/email/site-address.ts";
import { ConflictError, NotFoundError } from "#lib/errors.ts";
import { newToken } from "#lib/sealing/link-token.ts";
import { keyedHash, passingHashes } from "#lib/sealing/seal.ts";
import { addressLinkMinutes, mostAddressChanges } from "./rules.ts";

/**
 * Writes to the address that the account has and to the one that it is to have; both must answer.
 * Whether the new one belongs to another account makes no difference that anyone could see.
 * @throws ConflictError when this account has asked too often in the last hour
 */
export async function askAddressChange(
  { personId }: Actor,
  newEmail: string,
  now: Date,
  db: Db = primary(),
): Promise<void> {
  const tokens = { old: newToken(), new: newToken() };
  const expires = new Date(now.getTime() + addressLinkMinutes * 60_000);
  await db.transaction(async (tx) => {
    const [person] = await tx.select().from(people).where(eq(people.id, personId)).for("update");
    if (!person) throw new NotFoundError();
    await refuseTooMany(personId, now, tx);
    const change = {
      newEmail,
      expires,
      oldTokenHash: addressTokenHash(tokens.old),
      newTokenHash: addressTokenHash(tokens.new),
      oldConfirmedAt: null,
      newConfirmedAt: null,
    };
    await tx
      .insert(addressChanges)
      .values({ personId, ...change })
      .onConflictDoUpdate({ target: addressChanges.personId, set: change });
    const { email, locale } = person;
    const url = (token: string) =>
      siteAddress(`/account/settings/address/confirm?token=${token}`, locale);
    const mail = { personId, locale, uselessAfter: expires };
    await enqueueMail(
      {
        ...mail,
        kind: "address-change-old",
        to: email,
        params: { url: url(tokens.old), newAddress: newEmail },
      },
      tx,
    );
    await enqueueMail(
      { ...mail, kind: "address-change-new", to: newEmail, params: { url: url(tokens.new) } },
      tx,
    );
    const subject = { kind: "person", id: personId };
    await appendEvent({ actorId: personId, verb: "account.ask-address-change", subject }, tx);
  });
}

const addressTokenHash = (token: string) => keyedHash(token, "address-change");

/** Under which a token may be kept: the master key may have changed within its hour. */
export const addressTokenHashes = (token: string) => passingHashes(token, "address-change");

async function refuseTooMany(personId: string, now: Date, db: Db): Promise<void> {
  const anHourAgo = new Date(now.getTime() - 60 * 60_000);
  const [row] = await db
    .select({ asked: count() })
    .from(mails)
    .where(
      and(
        eq(mails.personId, personId),
        eq(mails.kind, "address-change-new"),
        gt(mails.createdAt, anHourAgo),
      ),
    );
  if ((row?.asked ?? 0) >= mostAddressChanges) throw new ConflictError("too-many");
}
