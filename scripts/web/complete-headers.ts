import type { ServerResponse } from "node:http";
import { baseHeaders } from "./refusals.ts";

/**
 * Gives every answer the headers that all of ours have, where it does not say otherwise itself:
 * Next's own redirects, 405s and errors know nothing of them.
 */
export function completeHeaders(response: ServerResponse): void {
  const write = response.writeHead.bind(response) as (...given: unknown[]) => ServerResponse;
  response.writeHead = (...given: unknown[]) => {
    for (const [name, value] of Object.entries(baseHeaders)) {
      if (!response.hasHeader(name)) response.setHeader(name, value);
    }
    // They would let a browser be told apart by what it saw before.
    response.removeHeader("ETag");
    response.removeHeader("Last-Modified");
    return write(...given);
  };
}
