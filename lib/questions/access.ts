import { eq, type SQL, sql } from "drizzle-orm";
import type { Db } from "#db/client.ts";
import { cases } from "#db/schema/cases.ts";
import { therapists } from "#db/schema/profiles.ts";
import type { Actor } from "#lib/auth/rules.ts";
import { lockTherapists } from "#lib/cases/access.ts";
import { NotFoundError } from "#lib/errors.ts";

/**
 * Cases of the actor's own that they have heard of: which they began themself, in which moderators
 * asked or wrote to them, or decided something. That a reader reported something is no part of it.
 */
export function toldOf({ personId, roles }: Actor): SQL {
  if (!roles.includes("therapist")) return sql`false`;
  return sql`exists (select from therapists own
      where own.id = ${cases.therapistId} and own.person_id = ${personId})
    and (${cases.kind} in ('submission', 'appeal')
      or exists (select from case_items asked where asked.case_id = ${cases.id})
      or exists (select from case_messages said
        where said.case_id = ${cases.id} and said.kind = 'from-moderators')
      or exists (select from decisions made
        where made.case_id = ${cases.id} and made.state = 'in-force'))`;
}

/**
 * Locks the actor's own row, before any case: what two tabs do happens one after the other, and
 * commands of moderators take the same locks in the same order. @throws NotFoundError
 */
export async function lockOwnTherapist({ personId, roles }: Actor, tx: Db): Promise<string> {
  if (!roles.includes("therapist")) throw new NotFoundError();
  const [own] = await lockTherapists(eq(therapists.personId, personId), tx);
  if (!own) throw new NotFoundError();
  return own;
}
