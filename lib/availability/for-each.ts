import { logDefect } from "#lib/logs/log.ts";

/** Does something for each, one after the other. @throws at the end, when it failed for some */
export async function forEachOnItsOwn<T>(
  items: readonly T[],
  work: (item: T) => Promise<unknown>,
): Promise<void> {
  let failures = 0;
  for (const item of items) {
    try {
      await work(item);
    } catch (error) {
      failures += 1;
      logDefect(error, { part: "worker" });
    }
  }
  if (failures > 0) throw new Error(`it failed for ${failures} of ${items.length}`);
}
