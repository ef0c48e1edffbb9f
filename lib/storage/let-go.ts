import { UnavailableError } from "#lib/errors.ts";
import type { Store } from "./store.ts";

/** Deletes what no row needs any more. What a store that is down keeps for now, the sweeps take. */
export async function letGo(refs: readonly string[], store: Store): Promise<void> {
  for (const ref of refs) {
    try {
      await store.delete(ref);
    } catch (error) {
      if (!(error instanceof UnavailableError)) throw error;
    }
  }
}
