import { eq, type SQL, sql } from "drizzle-orm";
import { cases } from "#db/schema/cases.ts";
import { evidence } from "#db/schema/evidence.ts";
import { therapists } from "#db/schema/profiles.ts";
import type { Actor } from "#lib/auth/rules.ts";
import { claimedBy, openTo } from "#lib/cases/access.ts";
import { tracksFor } from "#lib/cases/rules.ts";

/** Documents of the actor's own claims. */
export function isOwn(actor: Actor): SQL {
  if (!actor.roles.includes("therapist")) return sql`false`;
  return sql`exists (select from ${therapists}
    where ${therapists.id} = ${evidence.therapistId}
      and ${therapists.personId} = ${actor.personId})`;
}

/**
 * Documents that the actor may look into: their own, and those of a therapist whose case they have
 * claimed. Whoever looks at affirming practice alone sees what shows a training.
 */
export function mayRead(actor: Actor): SQL {
  const all = tracksFor(actor.roles).includes("identity");
  return sql`(${isOwn(actor)} or (${all ? sql`true` : eq(evidence.subject, "training")}
    and exists (select from ${cases} where ${cases.therapistId} = ${evidence.therapistId}
      and ${claimedBy(actor)} and ${openTo(actor)})))`;
}

/**
 * The licence that a look belongs to; of supervision, the one that is held under it. Names are
 * written out: of one table alone they would come without it, and mean those of the licence.
 */
export const lookedCredential = sql<string | null>`coalesce(checks.credential_id,
  case when checks.claim_type = 'supervision' then (select held.id from credentials held
    where held.therapist_id = checks.therapist_id and held.supervised
      and held.stage <> 'retired' and held.withdrawn_on is null
      and held.supervisor_name = checks.claim ->> 'supervisorName'
    order by held.id limit 1) end)`;
