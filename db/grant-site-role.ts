import type { Sql, TransactionSql } from "postgres";

/**
 * Gives a role what the site and its worker need, and no more. It owns nothing, so it can neither
 * change a table nor switch off a trigger; of the audit chain it can only read and add events. For
 * the owner to call after every migration (docs/decisions/0017).
 */
export async function grantSiteRole(role: string, owner: Sql): Promise<void> {
  await owner.begin(async (tx) => {
    const site = quoted(role, tx);
    for (const name of ["public", "graphile_worker"]) {
      const schema = quoted(name, tx);
      await tx`grant usage on schema ${schema} to ${site}`;
      await tx`grant select, insert, update, delete on all tables in schema ${schema} to ${site}`;
      await tx`grant usage on all sequences in schema ${schema} to ${site}`;
    }
    // To see that the schema is as new as the release.
    await tx`grant usage on schema drizzle to ${site}`;
    await tx`grant select on drizzle.__drizzle_migrations to ${site}`;
    await guardChain(role, tx);
    await openQueue(role, tx);
  });
}

/** Number and time of an event are left to the database; only the trigger may add to the chain. */
async function guardChain(role: string, tx: TransactionSql): Promise<void> {
  const site = quoted(role, tx);
  await tx`revoke all on audit_events, audit_chain from public, ${site}`;
  await tx`grant select on audit_events, audit_chain to ${site}`;
  await tx`grant insert (actor_id, verb, subject_kind, subject_id, details)
    on audit_events to ${site}`;
  await tx`revoke execute on function chain_audit_event(audit_events) from public, ${site}`;
  // The trigger runs as the owner: nothing that a session made may stand in for what it names.
  await tx`alter function chain_audit_event(audit_events)
    set search_path = pg_catalog, public, pg_temp`;
  await tx`revoke create on schema public from public, ${site}`;
}

/** Row level security without a policy shows the queue's tables to their owner alone. */
async function openQueue(role: string, tx: TransactionSql): Promise<void> {
  const closed = await tx<{ name: string }[]>`
    select c.relname as name from pg_class c
    where c.relnamespace = 'graphile_worker'::regnamespace and c.relrowsecurity
      and not exists (select from pg_policy p join pg_roles r on r.oid = any(p.polroles)
        where p.polrelid = c.oid and r.rolname = ${role})`;
  for (const { name } of closed) {
    await tx`create policy ${quoted(`open to ${role}`, tx)}
      on graphile_worker.${quoted(name, tx)} to ${quoted(role, tx)}
      using (true) with check (true)`;
  }
}

/** As an identifier; the driver's own helper would take a dot in it for two names. */
function quoted(name: string, tx: TransactionSql) {
  return tx.unsafe(`"${name.replaceAll('"', '""')}"`);
}
