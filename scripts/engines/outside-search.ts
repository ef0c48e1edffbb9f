import { SetupError } from "#lib/errors.ts";
import type { SearchServer } from "#lib/search/servers.ts";

/**
 * Asks a Meilisearch for something that needs the key.
 * @throws SetupError when it refuses the key; anything else when it does not answer
 */
export async function askSearch({ name, url, apiKey: key }: SearchServer): Promise<void> {
  const answer = await fetch(new URL("/indexes?limit=1", url), {
    headers: key ? { authorization: `Bearer ${key}` } : {},
    signal: AbortSignal.timeout(5_000),
  });
  await answer.body?.cancel();
  if (answer.ok) return;
  if (answer.status === 401 || answer.status === 403) {
    throw new SetupError(
      `Meilisearch (${name}): it ${key ? "refuses the key" : "wants a key"}.\n` +
        "  Set MEILI_MASTER_KEY to the --master-key that it was started with, and start again.",
    );
  }
  throw new Error(`it answers ${answer.status}`);
}
