import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { directoryStamp } from "#lib/directory/version.ts";
import { encodingFor } from "#lib/kept-pages/compress.ts";
import { type KeptPage, keptPage, whileMaking } from "#lib/kept-pages/kept-pages.ts";
import { countAnswer } from "#lib/metrics/registry.ts";
import { nowhereFor, planeOf } from "#lib/planes/rules.ts";
import { type TwoHosts, twoHosts } from "#lib/planes/two-hosts.ts";
import { completeHeaders } from "./complete-headers.ts";
import { giveAsset } from "./give-asset.ts";
import { guardPlanes } from "./guard-planes.ts";
import { bodyLimiter } from "./limit-body.ts";
import { limits } from "./limits.ts";
import { refuse } from "./refusals.ts";

type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;
type Options = {
  keepPages: boolean;
  hosts?: TwoHosts | null;
  room?: ReturnType<typeof bodyLimiter>;
};

/**
 * The front door: lets in what may come in, gives again the bytes of a page when nothing that
 * readers see has changed since it was made, and lets Next make it otherwise. Writes no log.
 */
export function answerRequests(make: Handler, options: Options): RequestListener {
  const { keepPages, hosts = twoHosts(), room = bodyLimiter() } = options;
  let inFlight = 0;
  return async (request, response) => {
    // Someone whom the door has turned away goes on talking.
    if (!request.socket.writable) return void request.resume();
    completeHeaders(response);
    // Next's own files and its picture service: no page of ours asks for them.
    if (keepPages && request.url?.startsWith("/_next/")) request.url = nowhereFor(request.url);
    if (!isReadable(request) || !guardPlanes(request, hosts)) return refuse(response, 400);
    if (inFlight >= limits.inFlight || !room(request, response)) return refuse(response, 503);
    inFlight += 1;
    const plane = planeOf(request.url ?? "/") ?? "both";
    response.once("close", () => {
      inFlight -= 1;
      countAnswer(plane, response.statusCode);
    });
    try {
      if (request.url?.startsWith("/assets/")) giveAsset(request, response);
      else if (keepPages) await giveOrMake(request, response, make);
      else await make(request, response);
    } catch {
      // Next answers its own errors; what reaches here had no answer yet.
      if (!response.headersSent) refuse(response, 500);
      else response.destroy();
    }
  };
}

/** Next answers 500 to a path that it cannot decode, and to TRACE, so it never sees one. */
function isReadable({ method, url = "/", headers }: IncomingMessage): boolean {
  if (method === "TRACE") return false;
  if (url.length > limits.urlLength || !url.startsWith("/") || !headers.host) return false;
  try {
    return !decodeURIComponent(url.split("?", 1)[0] ?? "").includes("\0");
  } catch {
    return false;
  }
}

function isKeepable(request: IncomingMessage): boolean {
  return request.method === "GET" && planeOf(request.url ?? "/") === "reader";
}

async function giveOrMake(
  request: IncomingMessage,
  response: ServerResponse,
  make: Handler,
): Promise<void> {
  const encoding = encodingFor(request.headers["accept-encoding"]);
  const key = `${encoding} ${request.url}`;
  // Without Postgres nobody can say whether a kept page still holds.
  const stamp = isKeepable(request) ? await directoryStamp().catch(() => null) : null;
  const kept = stamp === null ? undefined : keptPage(key, stamp);
  if (kept) return give(kept, response);
  const announce = (headers: Record<string, string>) => {
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  };
  await whileMaking({ key, stamp, encoding, announce }, () => make(request, response));
}

function give({ status, headers, body }: KeptPage, response: ServerResponse): void {
  response.writeHead(status, headers).end(body);
}
