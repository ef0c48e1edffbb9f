import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { join } from "node:path";
import sirv from "sirv";
import { directoryStamp } from "#lib/directory/version.ts";
import { encodingFor } from "#lib/kept-pages/compress.ts";
import { type KeptPage, keptPage, whileMaking } from "#lib/kept-pages/kept-pages.ts";
import { wordsFor } from "#lib/words/labels.ts";
import { root } from "../checkout.ts";

type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

const neverKept =
  /^(?:\/es)?\/(?:api|_next|account|moderation|sign-in|confirm|demo|invitation)(?:\/|$)/;
const MAX_URL_LENGTH = 32_000;
/** More at once than this only makes every reader wait; the rest are told to come back. */
const MAX_IN_FLIGHT = 512;

/** Stylesheet, fonts and pictures, with the compressed copies that the build wrote beside them. */
const files = sirv(join(root, "public"), {
  brotli: true,
  gzip: true,
  immutable: true,
  maxAge: 31_536_000,
  setHeaders: (response) => {
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
  },
});

function giveAsset(request: IncomingMessage, response: ServerResponse): void {
  files(request, response, () => {
    response.writeHead(404).end();
  });
}

/**
 * The front door: gives again the bytes of a page when nothing that readers see has changed since
 * it was made, and lets Next make it otherwise. Writes no log.
 */
export function answerRequests(make: Handler, options: { keepPages: boolean }): RequestListener {
  let inFlight = 0;
  return async (request, response) => {
    if (refuse(request, response, inFlight)) return;
    inFlight += 1;
    response.once("close", () => {
      inFlight -= 1;
    });
    try {
      if (request.url?.startsWith("/assets/")) giveAsset(request, response);
      else if (options.keepPages) await giveOrMake(request, response, make);
      else await make(request, response);
    } catch {
      // Next answers its own errors; what reaches here had no answer yet.
      if (!response.headersSent) response.writeHead(500).end();
      else response.destroy();
    }
  };
}

function refuse(request: IncomingMessage, response: ServerResponse, inFlight: number): boolean {
  const url = request.url ?? "/";
  const readable = isReadable(url);
  if (readable && inFlight < MAX_IN_FLIGHT) return false;
  const { t } = wordsFor(url.startsWith("/es") ? "es" : "en");
  response.writeHead(readable ? 503 : 400, {
    "Cache-Control": "no-store",
    "Content-Type": "text/plain; charset=utf-8",
    ...(readable ? { "Retry-After": "2" } : {}),
  });
  response.end(`${t(readable ? "unavailable.lead" : "badRequest.lead")}\n`);
  return true;
}

/** Next answers 500 to a path that it cannot decode, so it never sees one. */
function isReadable(url: string): boolean {
  if (url.length > MAX_URL_LENGTH || !url.startsWith("/")) return false;
  try {
    return !decodeURIComponent(url.split("?", 1)[0] ?? "").includes("\0");
  } catch {
    return false;
  }
}

function isKeepable(request: IncomingMessage): boolean {
  return request.method === "GET" && !neverKept.test(request.url ?? "/");
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
