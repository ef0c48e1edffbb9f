import { setTimeout as sleep } from "node:timers/promises";
import { type Dispatcher, request } from "undici";
import { RegisterError } from "./rules.ts";

/** How a register is treated, and how much of it we put up with. */
export type Manners = {
  /** For one whole answer, its last byte included. */
  timeoutMs: number;
  maxBytes: number;
  tries: number;
  perSecond: number;
};

/** Milliseconds; tests count them instead of waiting. */
export type Wait = (ms: number) => Promise<unknown>;

export type Answer = {
  /** Throws RegisterError when it is cut off, late or too large. */
  body: AsyncIterable<Uint8Array>;
  /** The day in `Last-Modified`. */
  asOf: string | null;
};

const firstPauseMs = 500;
const longestPauseMs = 60_000;
const mostRedirects = 3;

/** A file. Tries again until it begins; one that breaks off later is the queue's to try again. */
export function fetchFile(url: URL, manners: Manners, wait: Wait = sleep): Promise<Answer> {
  return withTries(() => ask(url, manners, wait), manners, wait);
}

/** A small answer in JSON. */
export function fetchJson(url: URL, manners: Manners, wait: Wait = sleep): Promise<unknown> {
  return withTries(async () => asJson(await ask(url, manners, wait)), manners, wait);
}

async function asJson({ body }: Answer): Promise<unknown> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk);
  try {
    return JSON.parse(Buffer.concat(chunks).toString("utf8"));
  } catch {
    throw new RegisterError("malformed", "JSON");
  }
}

/** Pauses grow, and are never shorter than the register asked for. */
async function withTries<T>(work: () => Promise<T>, { tries }: Manners, wait: Wait): Promise<T> {
  for (let tried = 1; ; tried += 1) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof RegisterError) || error.againAfter === null) throw error;
      if (tried >= tries) throw error;
      if (error.againAfter > longestPauseMs) throw new RegisterError("asked-to-wait");
      await wait(Math.max(error.againAfter, firstPauseMs * 2 ** (tried - 1)));
    }
  }
}

async function ask(start: URL, manners: Manners, wait: Wait): Promise<Answer> {
  let url = start;
  for (let hops = 0; hops <= mostRedirects; hops += 1) {
    await takeTurn(url.host, manners.perSecond, wait);
    const response = await send(url, manners);
    const to = response.headers.location;
    if (response.statusCode < 300 || response.statusCode > 399 || typeof to !== "string") {
      return answerOf(response, manners);
    }
    letGo(response);
    url = sameHost(to, url);
  }
  throw new RegisterError("redirect", start.host);
}

const turns = new Map<string, number>();

/** One after the other, however many jobs of this process want to ask. */
async function takeTurn(host: string, perSecond: number, wait: Wait): Promise<void> {
  const now = Date.now();
  const mine = Math.max(now, turns.get(host) ?? 0);
  turns.set(host, mine + 1000 / perSecond);
  if (mine > now) await wait(mine - now);
}

async function send(url: URL, { timeoutMs }: Manners): Promise<Dispatcher.ResponseData> {
  try {
    return await request(url, {
      // Says nothing of who asks.
      headers: { accept: "*/*", "user-agent": "register-check/1" },
      signal: AbortSignal.timeout(timeoutMs),
      headersTimeout: timeoutMs,
      bodyTimeout: timeoutMs,
    });
  } catch (error) {
    throw new RegisterError(isLate(error) ? "timeout" : "no-answer", "", 0);
  }
}

/** A name that is looked up must not go to a host that nobody configured. */
function sameHost(location: string, from: URL): URL {
  const to = URL.parse(location, from);
  if (to?.host !== from.host || to.protocol !== from.protocol) {
    throw new RegisterError("redirect", to?.host ?? "");
  }
  return to;
}

function answerOf(response: Dispatcher.ResponseData, { maxBytes }: Manners): Answer {
  const { statusCode, headers } = response;
  if (statusCode !== 200) {
    letGo(response);
    const again = statusCode === 429 || statusCode >= 500;
    throw new RegisterError("status", `${statusCode}`, again ? pauseOf(headers) : null);
  }
  if (Number(headers["content-length"] ?? 0) > maxBytes) {
    letGo(response);
    throw new RegisterError("too-large");
  }
  return { body: limited(response, maxBytes), asOf: dayOf(headers["last-modified"]) };
}

async function* limited({ body }: Dispatcher.ResponseData, maxBytes: number) {
  let bytes = 0;
  try {
    for await (const chunk of body as AsyncIterable<Uint8Array>) {
      bytes += chunk.byteLength;
      if (bytes > maxBytes) throw new RegisterError("too-large");
      yield chunk;
    }
  } catch (error) {
    if (error instanceof RegisterError) throw error;
    throw new RegisterError(isLate(error) ? "timeout" : "cut-off", "", 0);
  }
}

/** What we do not read must not keep the connection. */
function letGo({ body }: Dispatcher.ResponseData): void {
  body.on("error", () => {}).destroy();
}

function isLate(error: unknown): boolean {
  const { name, code } = error as { name?: string; code?: string };
  return name === "TimeoutError" || /_TIMEOUT$/.test(code ?? "");
}

/** Milliseconds from `Retry-After`: seconds, or a date. */
function pauseOf(headers: Dispatcher.ResponseData["headers"]): number {
  const asked = headers["retry-after"];
  if (typeof asked !== "string") return 0;
  if (/^\d+$/.test(asked)) return Number(asked) * 1000;
  return Math.max(0, Date.parse(asked) - Date.now()) || 0;
}

function dayOf(header: string | string[] | undefined): string | null {
  const at = typeof header === "string" ? Date.parse(header) : Number.NaN;
  return Number.isNaN(at) ? null : new Date(at).toISOString().slice(0, 10);
}
