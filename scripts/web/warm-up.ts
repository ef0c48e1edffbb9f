import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";

/** One page of each kind: what they need is read, compiled and connected when they are asked. */
const pages = ["/", "/therapists", "/therapists/-", "/therapists/-/report", "/sign-in"];
/** A round this quick means that what follows is as quick as it will ever be. */
const quickMs = 250;

/**
 * Asks this process for its own pages, on a line that nobody else knows, until it is quick. The first
 * readers of one that has just started would otherwise wait longer for Postgres than they should, and
 * hear "not just now". What does not answer then is away, and they are told so soon enough.
 */
export async function warmUp(make: RequestListener, patienceMs = 10_000): Promise<void> {
  const server = createServer(make).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const signal = AbortSignal.timeout(patienceMs);
  try {
    for (let began = 0, quick = false; !quick && !signal.aborted; ) {
      began = performance.now();
      await Promise.all(pages.map((page) => ask(`http://127.0.0.1:${port}${page}`, signal)));
      quick = performance.now() - began < quickMs;
    }
  } catch {
    // Too slow: whoever asks from now on sees for themselves.
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

async function ask(url: string, signal: AbortSignal): Promise<void> {
  const answer = await fetch(url, { signal });
  await answer.arrayBuffer();
}
