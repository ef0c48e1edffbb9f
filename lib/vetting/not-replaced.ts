import { type SQL, type SQLWrapper, sql } from "drizzle-orm";

/** A check that no later one replaced: the only kind that says anything today. */
export function notReplaced(checkId: SQLWrapper): SQL {
  return sql`not exists (select from checks later where later.supersedes_id = ${checkId})`;
}
