import { createServer } from "node:http";
import next from "next";
import { readConfig } from "#lib/config.ts";
import { SetupError } from "#lib/errors.ts";
import { root } from "./checkout.ts";
import { onStop } from "./lifetime.ts";
import { answerRequests } from "./web/answer-requests.ts";

const config = readConfig();
if (!config.DATABASE_URL || !config.MEILI_URL) {
  throw new SetupError("web needs DATABASE_URL and MEILI_URL; `npm run up` starts everything.");
}

const dev = process.argv.includes("--dev");
const app = next({ dev, dir: root, hostname: config.HOST, port: config.PORT });
const server = createServer({
  // Ten megabytes from a slow phone take minutes; whoever sends headers slowly is not waited for.
  requestTimeout: 180_000,
  headersTimeout: 10_000,
  keepAliveTimeout: 65_000,
  // Room for an address that is far too long, so that it gets an answer in words.
  maxHeaderSize: 256 * 1024,
});
server.maxRequestsPerSocket = 1_000;
await app.prepare();
server.on("request", answerRequests(app.getRequestHandler(), { keepPages: !dev }));
if (dev) server.on("upgrade", app.getUpgradeHandler());

server.listen(config.PORT, config.HOST, () => {
  const address = server.address();
  const port = typeof address === "object" ? address?.port : config.PORT;
  process.send?.({ listening: { port } });
});
server.on("error", (error) => {
  console.error(`web: ${error.message}`);
  process.exit(1);
});

onStop(async () => {
  const closed = new Promise((resolve) => server.close(resolve));
  if (dev) server.closeAllConnections();
  else server.closeIdleConnections();
  await closed;
  await app.close();
});
