import { sql } from "drizzle-orm";
import { type Db, primary } from "#db/client.ts";

/**
 * Whether Postgres keeps whoever is connected here from rewriting the chain: a role that owns
 * neither table, can write in neither but for new events, and can take on no role that could.
 */
export async function isChainGuarded(db: Db = primary()): Promise<boolean> {
  const [row] = await db.execute<{ guarded: boolean }>(sql`
    select not bool_or(pg_has_role(relowner, 'member')
      or has_table_privilege(oid, 'UPDATE, DELETE, TRUNCATE, TRIGGER')
      or (relname = 'audit_chain' and has_any_column_privilege(oid, 'INSERT'))) as guarded
    from pg_class where oid in ('public.audit_events'::regclass, 'public.audit_chain'::regclass)`);
  return row?.guarded ?? false;
}
