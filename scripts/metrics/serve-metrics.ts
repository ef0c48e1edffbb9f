import { createServer, type Server } from "node:http";
import { readConfig } from "#lib/config.ts";
import { registry } from "#lib/metrics/registry.ts";

/**
 * Answers Prometheus on a port of its own, away from where readers come. Off without METRICS_PORT.
 * A port that is taken is said and no reason to stop: the site serves without being watched.
 */
export function serveMetrics({ METRICS_PORT: port, METRICS_HOST: host } = readConfig()) {
  if (port === undefined) return null;
  const server: Server = createServer(async (request, response) => {
    if (request.method !== "GET" || request.url !== "/metrics") {
      return void response.writeHead(404).end();
    }
    const body = await registry.metrics();
    response.writeHead(200, { "Content-Type": registry.contentType }).end(body);
  });
  server.on("error", (error: NodeJS.ErrnoException) => {
    console.error(
      `metrics: port ${port} cannot be used (${error.code}). Set another METRICS_PORT.`,
    );
  });
  server.listen(port, host);
  server.unref();
  return server;
}
