import { AsyncLocalStorage } from "node:async_hooks";
import { LRUCache } from "lru-cache";

/** A page as it went out: every reader gets the same bytes, so it can be given again. */
export type KeptPage = { stamp: string; status: number; headers: Record<string, string>; body: Buffer };

const MAX_BYTES = 64 * 1024 * 1024;

type Shared = {
  pages: LRUCache<string, KeptPage>;
  request: AsyncLocalStorage<{ stamp: string; key: string }>;
};

// The server and the bundled pages are two module graphs in one process: they meet here.
const place = globalThis as { parasolKeptPages?: Shared };

place.parasolKeptPages ??= {
  pages: new LRUCache({
    maxSize: MAX_BYTES,
    sizeCalculation: (page, key) => page.body.byteLength + key.length * 2 + 500,
  }),
  request: new AsyncLocalStorage(),
};

const { pages, request } = place.parasolKeptPages;

/** The page kept under a key, if nothing that readers see has changed since it was made. */
export function keptPage(key: string, stamp: string): KeptPage | undefined {
  const page = pages.get(key);
  return page?.stamp === stamp ? page : undefined;
}

/** Runs the making of a page; `keepPage` inside it keeps the page under this key and stamp. */
export function whileMaking<T>(key: string, stamp: string, make: () => T): T {
  return request.run({ key, stamp }, make);
}

/** Keeps what the page being made turned out to be. Does nothing where no server asked for it. */
export function keepPage(page: Omit<KeptPage, "stamp">): void {
  const asked = request.getStore();
  if (asked) pages.set(asked.key, { ...page, stamp: asked.stamp });
}
