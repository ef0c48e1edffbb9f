import { AsyncLocalStorage } from "node:async_hooks";
import { LRUCache } from "lru-cache";
import { compress, type Encoding } from "./compress.ts";

/** A page as it went out: every reader gets the same bytes, so it can be given again. */
export type KeptPage = {
  stamp: string;
  status: number;
  headers: Record<string, string>;
  body: Buffer;
};

/** A page on its way: what the server knows of the request, and its raw answer. */
export type Making = {
  key: string;
  /** What the directory stands at; null when nobody can say, and then nothing is kept. */
  stamp: string | null;
  encoding: Encoding;
  /** Sets headers on the raw answer: Next takes `Content-Encoding` off a route's own. */
  announce: (headers: Record<string, string>) => void;
};

const MAX_BYTES = 32 * 1024 * 1024;

type Shared = { pages: LRUCache<string, KeptPage>; making: AsyncLocalStorage<Making> };

// The server and the bundled pages are two module graphs in one process: they meet here.
const place = globalThis as { parasolKeptPages?: Shared };

place.parasolKeptPages ??= {
  pages: new LRUCache({
    maxSize: MAX_BYTES,
    sizeCalculation: (page, key) => page.body.byteLength + key.length * 2 + 500,
  }),
  making: new AsyncLocalStorage(),
};

const { pages, making } = place.parasolKeptPages;

/** The page kept under a key, if nothing that readers see has changed since it was made. */
export function keptPage(key: string, stamp: string): KeptPage | undefined {
  const page = pages.get(key);
  return page?.stamp === stamp ? page : undefined;
}

/** Runs the making of a page, so that `finishPage` inside it knows for whom. */
export function whileMaking<T>(page: Making, make: () => T): T {
  return making.run(page, make);
}

/** What the directory stands at for the page being made; null when nobody can say. */
export function currentStamp(): string | null {
  return making.getStore()?.stamp ?? null;
}

/**
 * Turns the HTML of a page into the bytes to send, compressed as the reader takes it, and keeps
 * them if asked to. Without our server around it (`next start`), the bytes are the HTML.
 */
export async function finishPage(
  page: { status: number; headers: Record<string, string>; html: string },
  options: { keep: boolean },
): Promise<Buffer> {
  const asked = making.getStore();
  if (!asked) return Buffer.from(page.html);
  const { key, stamp, encoding } = asked;
  const body = await compress(page.html, encoding);
  const headers = {
    ...(encoding === "identity" ? {} : { "Content-Encoding": encoding }),
    "Content-Length": String(body.byteLength),
  };
  asked.announce(headers);
  if (options.keep && stamp !== null) {
    pages.set(key, {
      stamp,
      status: page.status,
      headers: { ...page.headers, ...headers },
      body: exactly(body),
    });
  }
  return body;
}

/** zlib hands out a part of a larger block; kept like that, a page would hold the whole block. */
function exactly(body: Buffer): Buffer {
  const copy = Buffer.allocUnsafeSlow(body.byteLength);
  body.copy(copy);
  return copy;
}
