import { and, asc, gt } from "drizzle-orm";
import type { Db } from "#db/client.ts";
import { therapists } from "#db/schema/profiles.ts";
import type { CardView } from "#lib/directory/index-document.ts";
import { loadDocuments } from "#lib/directory/load-documents.ts";
import { getContactWays, getPublicProfile, type PublicProfile } from "#lib/profiles/queries.ts";
import type { ContactWay } from "#lib/profiles/revision-parts.ts";
import { visibleOn } from "#lib/profiles/visible.ts";

/** What a read-only copy holds of a therapist: what readers see, and no more. */
export type CopiedPerson = { profile: PublicProfile; ways: ContactWay[]; card: CardView };

const AT_ONCE = 100;

/** Everybody whom readers may see on a day, by their slugs. For a snapshot, so that all are of one moment. */
export async function* listForCopy(today: string, db: Db): AsyncGenerator<CopiedPerson> {
  let after = "";
  for (;;) {
    const some = await db
      .select({ id: therapists.id, slug: therapists.slug })
      .from(therapists)
      .where(and(visibleOn(today), gt(therapists.slug, after)))
      .orderBy(asc(therapists.slug))
      .limit(AT_ONCE);
    const ids = some.map(({ id }) => id);
    // One for each room; the main one stands for them all.
    const cards = (await loadDocuments(ids, db)).filter(({ main }) => main);
    for (const { id, slug } of some) {
      const profile = await getPublicProfile(slug, today, db);
      const contact = await getContactWays(slug, today, db);
      const card = cards.find(({ therapistId }) => therapistId === id);
      if (profile && contact && card) yield { profile, ways: contact.ways, card };
    }
    if (some.length < AT_ONCE) return;
    after = some.at(-1)?.slug ?? "";
  }
}
