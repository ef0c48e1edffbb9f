import { isNull, notLike, sql } from "drizzle-orm";
import type { Db } from "#db/client.ts";
import { people } from "#db/schema/accounts.ts";
import { evidence } from "#db/schema/evidence.ts";
import { neverContact } from "#db/schema/mails.ts";
import { readHead } from "#lib/audit/read-head.ts";
import { headText } from "#lib/audit/rules.ts";
import { openSmall, sealSmall } from "./archive.ts";
import { masterKeyMarks } from "./master-key-mark.ts";
import { RestoreError } from "./rules.ts";
import { type Ledger, ledgerSchema } from "./schema.ts";

/** What still is: see `ledgerSchema`. For a snapshot, so that its parts agree. */
export async function makeLedger(db: Db): Promise<Ledger> {
  const documents = await db
    .select({
      id: evidence.id,
      key: sql<string>`${evidence.wrappedKey}`,
      name: evidence.sealedName,
    })
    .from(evidence)
    .where(isNull(evidence.destroyedAt));
  // An account that was emptied, because its owner had signed checks, is as good as deleted.
  const there = await db
    .select({ id: people.id })
    .from(people)
    .where(notLike(people.email, "%@deleted.invalid"));
  const never = await db.select({ hash: neverContact.addressHash }).from(neverContact);
  return {
    format: 1,
    head: headText(await readHead(db)),
    ...masterKeyMarks(),
    documents,
    people: there.map(({ id }) => id),
    neverContact: never.map(({ hash }) => hash),
  };
}

export async function sealLedger(ledger: Ledger, recipient: string): Promise<Uint8Array> {
  return sealSmall(Buffer.from(JSON.stringify(ledger)), recipient);
}

/** @throws RestoreError */
export async function openLedger(sealed: Uint8Array, identities: string[]): Promise<Ledger> {
  const bytes = await openSmall(sealed, identities);
  try {
    return ledgerSchema.parse(JSON.parse(bytes.toString("utf8")));
  } catch (cause) {
    throw new RestoreError("not-a-backup", "the ledger", { cause });
  }
}
