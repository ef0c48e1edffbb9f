import { LRUCache } from "lru-cache";
import { primaryTruth, type Truth } from "#lib/circuits/truth.ts";
import { unavailablePart } from "#lib/errors.ts";
import { getPublicProfile, type PublicProfile } from "#lib/profiles/queries.ts";
import { askForReader } from "./ask-for-reader.ts";
import { lastHeard } from "./last-heard.ts";
import type { Moment } from "./search-directory.ts";
import { unlessHidden } from "./unless-hidden.ts";

const kept = new LRUCache<string, { stamp: string; profile: PublicProfile }>({ max: 1_000 });

export type ProfileOnHand = {
  profile: PublicProfile | null;
  /** Set when this is what Postgres said then, and nobody can ask it now. */
  asOf: Date | null;
};

/**
 * A profile as Postgres has it. While that is away, replicas and all: as someone read it before, if
 * nothing in the whole directory had changed from then until the last that was heard, and the day is
 * the same. @throws UnavailableError when there is no such reading
 */
export async function profileOnHand(
  slug: string,
  { today, stamp }: Moment,
  truth: Truth = primaryTruth(),
): Promise<ProfileOnHand> {
  try {
    const { given: profile, asOf } = await askForReader(
      (db, hidden) => unlessHidden(slug, today, hidden, db, getPublicProfile),
      { stamp },
      truth,
    );
    if (profile !== null && stamp !== null && asOf === null) kept.set(slug, { stamp, profile });
    return { profile, asOf };
  } catch (error) {
    const heard = lastHeard();
    const known = kept.get(slug);
    const holds = heard !== null && known?.stamp === heard.stamp && heard.stamp.endsWith(today);
    if (unavailablePart(error) !== "postgres" || !holds || !known) throw error;
    return { profile: known.profile, asOf: heard.at };
  }
}
