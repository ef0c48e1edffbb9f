import { Meilisearch, MeilisearchApiError, type MeilisearchErrorResponse } from "meilisearch";
import { Agent, request } from "undici";
import type { SearchServer } from "./servers.ts";

const REQUEST_TIMEOUT_MS = 10_000;

/**
 * The Meilisearch client over undici's pooled keep-alive connections: half the cost of `fetch`
 * for each query (docs/decisions/0007).
 */
export function searchClient({ url, apiKey }: Omit<SearchServer, "name">): Meilisearch {
  const agent = new Agent({ connections: 32, keepAliveTimeout: 30_000 });
  return new Meilisearch({
    host: url,
    ...(apiKey === undefined ? {} : { apiKey }),
    httpClient: async (input, init) => {
      const { statusCode, body } = await request(String(input), {
        method: (init?.method ?? "GET") as "GET",
        headers: Object.fromEntries(new Headers(init?.headers)),
        body: init?.body as string | null,
        dispatcher: agent,
        headersTimeout: REQUEST_TIMEOUT_MS,
        bodyTimeout: REQUEST_TIMEOUT_MS,
        signal: init?.signal ?? null,
      });
      const text = await body.text();
      if (statusCode < 400) return text === "" ? undefined : JSON.parse(text);
      throw new MeilisearchApiError(new Response(null, { status: statusCode }), wordsIn(text));
    },
  });
}

/** What stands before a node may answer in its place, and not in JSON. */
function wordsIn(text: string): MeilisearchErrorResponse | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
