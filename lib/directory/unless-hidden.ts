import type { Db } from "#db/client.ts";
import { getVisible } from "#lib/profiles/queries.ts";
import type { Day } from "#lib/vetting/rules.ts";

/** What `read` finds of a therapist; null without asking when nobody may see them (`Question`). */
export async function unlessHidden<T>(
  slug: string,
  today: Day,
  hidden: ReadonlySet<string>,
  db: Db,
  read: (slug: string, today: Day, db: Db) => Promise<T | null>,
): Promise<T | null> {
  if (hidden.size > 0) {
    const found = await getVisible(slug, today, db);
    if (found === null || hidden.has(found.id)) return null;
  }
  return read(slug, today, db);
}
