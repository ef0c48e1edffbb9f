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
    for (const name of marks) response.removeHeader(name);
    return write(...given.map(withoutMarks));
  };
}

/** They would let a browser be told apart by what it saw before. */
const marks = ["ETag", "Last-Modified"];

/** Of what `writeHead` is given, the headers are the one object. */
function withoutMarks(given: unknown): unknown {
  if (given === null || typeof given !== "object" || Array.isArray(given)) return given;
  return Object.fromEntries(Object.entries(given).filter(([name]) => !marks.includes(name)));
}
