import { Meilisearch, MeilisearchApiError, MeilisearchRequestError } from "meilisearch";
import { Agent, request } from "undici";
import { UnavailableError } from "#lib/errors.ts";

const REQUEST_TIMEOUT_MS = 10_000;

export type SearchServer = { url: string; apiKey?: string | undefined };

/**
 * The Meilisearch client over undici's pooled keep-alive connections: half the cost of `fetch`
 * for each query (docs/decisions/0007).
 * @throws UnavailableError when the server does not answer.
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

/** Runs one conversation with Meilisearch; turns "nobody answers" into our own error. */
export async function asking<T>(conversation: () => Promise<T>): Promise<T> {
  try {
    return await conversation();
  } catch (error) {
    if (error instanceof MeilisearchRequestError) {
      throw new UnavailableError("meilisearch", { cause: error });
    }
    throw error;
  }
}
