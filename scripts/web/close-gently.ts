import type { Server } from "node:http";

/**
 * Takes no new connection, lets whoever has asked have their answer, and cuts what is left when
 * patience ends. Lines that browsers keep open for a next request are closed after the answer.
 */
export async function closeGently(server: Server, patienceMs: number): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve));
  server.prependListener("request", (_, response) => {
    response.shouldKeepAlive = false;
  });
  const sweep = setInterval(() => server.closeIdleConnections(), 50);
  const late = setTimeout(() => server.closeAllConnections(), patienceMs);
  server.closeIdleConnections();
  await closed;
  clearInterval(sweep);
  clearTimeout(late);
}
