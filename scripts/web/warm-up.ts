import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as pause } from "node:timers/promises";

/** Pages of readers, one of each kind: what they need is read, compiled and connected when they are asked. */
const pages = ["/", "/therapists", "/therapists/-", "/therapists/-/report"];
/** A whole round this quick means that what follows is as quick as it will ever be. */
const quickMs = 250;

/**
 * Asks this process for its own pages, on a line that nobody else knows, until they come and
 * come quickly. The first readers of one that has just started would otherwise wait longer for Postgres
 * than they should, and hear "not just now". When the patience ends, parts are away: readers are told.
 */
export async function warmUp(make: RequestListener, patienceMs = 10_000): Promise<void> {
  const server = createServer(make).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const signal = AbortSignal.timeout(patienceMs);
  try {
    for (let isQuick = false; !isQuick && !signal.aborted; ) {
      const began = performance.now();
      const asked = pages.map((page) => isThere(`http://127.0.0.1:${port}${page}`, signal));
      const areThere = (await Promise.all(asked)).every(Boolean);
      isQuick = areThere && performance.now() - began < quickMs;
      if (!areThere) await pause(100, undefined, { signal });
    }
  } catch {
    // Too slow: whoever asks from now on sees for themselves.
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

/** A listing that never was has a page as well, which says so. */
async function isThere(url: string, signal: AbortSignal): Promise<boolean> {
  const answer = await fetch(url, { signal, redirect: "manual" });
  await answer.arrayBuffer();
  return answer.status < 500;
}
