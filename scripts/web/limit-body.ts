import type { IncomingMessage, ServerResponse } from "node:http";
import { type BodyLimit, bodyClassOf, bodyLimits } from "./limits.ts";
import { cutLater, refuseRaw } from "./refusals.ts";

type Limits = Record<string, BodyLimit>;

/**
 * Holds what requests carry to their limits while it arrives. A page that takes less says so itself.
 * @returns a function that says whether there is room for a request with a body, and watches it
 */
export function bodyLimiter(given: Limits = bodyLimits) {
  const sending = new Map<string, number>();
  return (request: IncomingMessage, response: ServerResponse): boolean => {
    if (!hasBody(request)) return true;
    const name = bodyClassOf(request.url ?? "/");
    const limit = given[name];
    const others = sending.get(name) ?? 0;
    if (!limit || others >= limit.atOnce) return false;
    sending.set(name, others + 1);
    response.once("close", () => sending.set(name, (sending.get(name) ?? 1) - 1));
    watch(request, response, limit);
    return true;
  };
}

function hasBody({ headers }: IncomingMessage): boolean {
  return headers["transfer-encoding"] !== undefined || Number(headers["content-length"] ?? 0) > 0;
}

function watch(request: IncomingMessage, response: ServerResponse, { bytes, ms }: BodyLimit): void {
  const { socket } = request;
  const take = request.push.bind(request);
  let arrived = 0;
  let refused = false;
  const giveUp = (status: 408 | 413) => {
    if (refused || request.complete) return;
    refused = true;
    if (response.headersSent) cutLater(socket);
    else refuseRaw(socket, status);
  };
  const timer = setTimeout(() => giveUp(408), ms);
  // The parser hands each piece to `push`. A listener for data would take them from the page.
  request.push = (piece: Buffer | null) => {
    if (piece === null) clearTimeout(timer);
    else arrived += piece.length;
    if (arrived > bytes) giveUp(413);
    return refused && piece !== null ? true : take(piece);
  };
  // A page may answer without having read all of it: once the rest is there, the line is good.
  response.once("finish", () => {
    if (!request.complete) cutLater(socket, () => !request.complete);
  });
  response.once("close", () => clearTimeout(timer));
}
