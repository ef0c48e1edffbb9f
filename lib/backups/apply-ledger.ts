import { sql } from "drizzle-orm";
import type { Sql } from "postgres";
import type { Db } from "#db/client.ts";
import { people } from "#db/schema/accounts.ts";
import { neverContact } from "#db/schema/mails.ts";
import { purgeAskedDeletions } from "#lib/accounts/purge-deleted-accounts.ts";
import { appendEvent } from "#lib/audit/append-event.ts";
import { photoRefs } from "#lib/photos/rules.ts";
import { letGo } from "#lib/storage/let-go.ts";
import type { Store } from "#lib/storage/store.ts";
import type { Ledger, Manifest } from "./schema.ts";

/** How many documents and accounts of the backup did not come back. */
export type Gone = { documents: number; accounts: number };

const AT_ONCE = 5_000;

/** Gives the documents that the ledger still names their keys and names again. */
export async function reviveDocuments({ documents }: Ledger, client: Sql): Promise<void> {
  for (let at = 0; at < documents.length; at += AT_ONCE) {
    const some = documents.slice(at, at + AT_ONCE);
    await client`
      update evidence set wrapped_key = kept.key, sealed_name = kept.name, destroyed_at = null
      from jsonb_to_recordset(${JSON.stringify(some)}::text::jsonb) as kept (id text, key text, name text)
      where evidence.id = kept.id`;
  }
}

/** What went after the backup was taken goes again, as it went the first time; with word of it. */
export async function applyLedger(
  { takenAt, head }: Pick<Manifest, "takenAt" | "head">,
  ledger: Ledger | null,
  store: Store,
  db: Db,
): Promise<Gone> {
  const documents = await db.execute<{ id: string; ref: string }>(sql`
    select id, storage_ref as ref from evidence where destroyed_at = ${takenAt}::timestamptz`);
  await db.transaction(async (tx) => {
    const restored = { kind: "backup", id: head };
    await appendEvent({ actorId: null, verb: "backup.restore", subject: restored }, tx);
    for (const { id } of documents) {
      const subject = { kind: "evidence", id };
      await appendEvent({ actorId: null, verb: "evidence.destroy", subject }, tx);
    }
    if (ledger && ledger.neverContact.length > 0) {
      const rows = ledger.neverContact.map((addressHash) => ({ addressHash }));
      for (let at = 0; at < rows.length; at += AT_ONCE) {
        await tx
          .insert(neverContact)
          .values(rows.slice(at, at + AT_ONCE))
          .onConflictDoNothing();
      }
    }
  });
  const purged = ledger ? await deleteAgain(ledger, db) : [];
  const refs = purged.flatMap(({ storageRefs, photoIds }) => [
    ...storageRefs,
    ...photoIds.flatMap((id) => photoRefs(id)),
  ]);
  await letGo([...documents.map(({ ref }) => ref), ...refs], store);
  return { documents: documents.length, accounts: purged.length };
}

async function deleteAgain({ people: there }: Ledger, db: Db) {
  await db
    .update(people)
    .set({ deletionAskedAt: new Date(0) })
    .where(
      sql`${people.email} not like '%@deleted.invalid' and not ${people.id} = any(
        select jsonb_array_elements_text(${JSON.stringify(there)}::jsonb))`,
    );
  return purgeAskedDeletions(new Date(), db);
}
