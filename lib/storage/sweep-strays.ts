import type { Store } from "./store.ts";

const DAY_MS = 24 * 60 * 60 * 1000;
const AT_ONCE = 500;

/**
 * Deletes what lies below a prefix and is needed by no row. What is younger than a day is left
 * alone, since its row may be on its way. @returns how many refs there were
 * @param neededOf which of some refs, at most 500, rows still need
 */
export async function sweepStrays(
  prefix: string,
  neededOf: (refs: string[]) => Promise<ReadonlySet<string>>,
  now: Date,
  store: Store,
): Promise<number> {
  const old = (await store.list(prefix))
    .filter(({ storedAt }) => now.getTime() - storedAt.getTime() > DAY_MS)
    .map(({ ref }) => ref);
  let swept = 0;
  for (let from = 0; from < old.length; from += AT_ONCE) {
    const refs = old.slice(from, from + AT_ONCE);
    const needed = await neededOf(refs);
    for (const ref of refs) {
      if (needed.has(ref)) continue;
      await store.delete(ref);
      swept += 1;
    }
  }
  return swept;
}
