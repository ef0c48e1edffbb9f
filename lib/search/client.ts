import { Meilisearch, MeilisearchApiError } from "meilisearch";
import { Agent, request } from "undici";

const REQUEST_TIMEOUT_MS = 10_000;

export type SearchServer = { url: string; apiKey?: string | undefined };

/**
 * The Meilisearch client over undici's pooled keep-alive connections: half the cost of `fetch`
 * for each query (docs/decisions/0007).
 */
export function searchClient({ url, apiKey }: SearchServer): Meilisearch {
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
      const answer = text === "" ? undefined : JSON.parse(text);
      if (statusCode < 400) return answer;
      throw new MeilisearchApiError(new Response(null, { status: statusCode }), answer);
    },
  });
}
