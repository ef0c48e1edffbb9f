import "./web/read-environment.ts";
import next from "next";
import { readConfig } from "#lib/config.ts";
import { listenToDirectory } from "#lib/directory/last-heard.ts";
import { measureAnswers, measureProcess } from "#lib/metrics/registry.ts";
import { root } from "./checkout.ts";
import { onStop } from "./lifetime.ts";
import { serveMetrics } from "./metrics/serve-metrics.ts";
import { requireParts } from "./start/require-parts.ts";
import { cannotListen } from "./up/port.ts";
import { answerRequests } from "./web/answer-requests.ts";
import { closeGently } from "./web/close-gently.ts";
import { openServer } from "./web/open-server.ts";
import { warmUp } from "./web/warm-up.ts";

/** How long answers under way may still take; whoever stops us waits a little longer than that. */
const patienceMs = 10_000;
const config = readConfig();
await requireParts(config, (line) => console.error(line));

const dev = process.argv.includes("--dev");
const app = next({ dev, dir: root, hostname: config.HOST, port: config.PORT });
const server = openServer();
const stopping = new AbortController();
listenToDirectory(stopping.signal);
await app.prepare();
const make = app.getRequestHandler();
server.on("request", answerRequests(make, { keepPages: !dev }));
if (dev) server.on("upgrade", app.getUpgradeHandler());

measureProcess();
measureAnswers();
serveMetrics(config);

if (!dev) await warmUp(make);

server.listen(config.PORT, config.HOST, () => {
  const address = server.address();
  const port = typeof address === "object" ? address?.port : config.PORT;
  process.send?.({ listening: { port } });
});
server.on("error", (error: NodeJS.ErrnoException) => {
  console.error(cannotListen(config, error.code));
  process.exit(1);
});

onStop(
  async () => {
    stopping.abort();
    await closeGently(server, dev ? 0 : patienceMs);
    await app.close();
  },
  { graceMs: patienceMs + 5_000 },
);
