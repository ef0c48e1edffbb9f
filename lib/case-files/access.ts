import { type SQL, sql } from "drizzle-orm";
import { cases } from "#db/schema/cases.ts";
import type { Actor } from "#lib/auth/rules.ts";
import { openTo } from "#lib/cases/access.ts";
import { tracksFor } from "#lib/cases/rules.ts";

/** Whether someone sees all of a case, or the claims of one track alone. */
export function seesAll({ roles }: Pick<Actor, "roles">): boolean {
  return tracksFor(roles).includes("identity");
}

/** Cases that the actor may open, for one track only those that have something of it. */
export function mayOpen(actor: Actor): SQL {
  const tracks = tracksFor(actor.roles);
  if (tracks.length === 0 || seesAll(actor)) return openTo(actor);
  const ofTracks = sql.join(
    tracks.map((track) => sql`${track}`),
    sql`, `,
  );
  return sql`${openTo(actor)} and exists (select from checks looked
    where looked.case_id = ${cases.id} and looked.track in (${ofTracks}))`;
}
