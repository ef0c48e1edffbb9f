import { sql } from "drizzle-orm";
import type { Db } from "#db/client.ts";
import { standingRights } from "./visible.ts";

export type StandingRight = {
  therapistId: string;
  jurisdiction: string;
  letters: string;
  /** The compact it comes from; null for a licence of their own. */
  compactId: string | null;
  checkedOn: string;
  /** Last day on which it counts; may lie in the past. */
  until: string;
};

/** The checked rights to practise of some therapists, by jurisdiction. */
export async function listStandingRights(ids: readonly string[], db: Db): Promise<StandingRight[]> {
  if (ids.length === 0) return [];
  const whose = sql`${sql.param([...ids])}::text[]`;
  const rows = await db.execute<StandingRight>(sql`
    select rights.therapist_id as "therapistId", rights.jurisdiction, rights.letters,
      rights.compact_id as "compactId", rights.checked_on::text as "checkedOn",
      rights.until::text as until
    from (${standingRights}) rights
    where rights.therapist_id = any(${whose}) and rights.jurisdiction is not null
      -- Said of both: or Postgres goes through the credentials of everyone, for each batch anew.
      and rights.held_by = any(${whose})
    order by rights.jurisdiction, rights.credential_id`);
  return [...rows];
}
