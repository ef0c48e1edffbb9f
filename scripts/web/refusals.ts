import { type ServerResponse, STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import { securityHeaders } from "#lib/answers/security-headers.ts";
import { readConfig } from "#lib/config.ts";
import { locales, wordsFor } from "#lib/words/labels.ts";
import { limits } from "./limits.ts";

/** What the front door answers itself, and where its words stand. */
const reasons = {
  400: "badRequest.lead",
  408: "refused.tooSlow",
  413: "refused.tooLarge",
  417: "badRequest.lead",
  431: "refused.headers",
  500: "failure.lead",
  503: "refused.busy",
} as const;

export type Refusal = keyof typeof reasons;

export const baseHeaders = securityHeaders(readConfig());

/** Answers a request before any page is asked. */
export function refuse(response: ServerResponse, status: Refusal): void {
  const body = wordsOf(status);
  response.writeHead(status, headersOf(status, body));
  response.end(body);
}

/**
 * Answers where there is no response to write to, or one that a page still holds; then the line is
 * cut. What was on its way is read for a while and dropped: a browser that is cut off while it
 * still sends shows no answer at all.
 */
export function refuseRaw(socket: Duplex, status: Refusal): void {
  if (!socket.writable) return void socket.destroy();
  const body = wordsOf(status);
  const headers = { ...headersOf(status, body), Date: new Date().toUTCString() };
  const lines = Object.entries({ ...headers, Connection: "close" });
  const head = lines.map(([name, value]) => `${name}: ${value}\r\n`).join("");
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${head}\r\n${body}`);
  cutLater(socket);
}

/**
 * @param socket of someone who has had an answer, and has not ended yet
 * @param still whether that holds when the time is over: by then the line may serve the next request
 */
export function cutLater(socket: Duplex, still: () => boolean = () => true): void {
  // No listener takes the timer back: a line that is kept alive would gather one with each request.
  setTimeout(() => still() && socket.destroy(), limits.lingerMs).unref();
}

function headersOf(status: Refusal, body: string): Record<string, string> {
  return {
    ...baseHeaders,
    "Content-Type": "text/plain; charset=utf-8",
    "Content-Length": String(Buffer.byteLength(body)),
    ...(status === 503 && { "Retry-After": "2" }),
  };
}

/** In both languages: the address may be the very thing that could not be read. */
function wordsOf(status: Refusal): string {
  return locales.map((locale) => `${wordsFor(locale).t(reasons[status])}\n`).join("\n");
}
