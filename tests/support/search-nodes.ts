import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll } from "vitest";
import { type FedNode, fedNodes } from "#lib/directory/feed-nodes.ts";
import { searchServers } from "#lib/search/servers.ts";
import { removeDataDir, startSomeEngines } from "../../scripts/engines/start-engines.ts";
import { faultyProxy } from "./faulty-proxy.ts";

const key = "one-key-for-all-nodes-of-a-test";

export type Behind = {
  /** Its address, through a line that can be faulty. */
  url: string;
  line: Awaited<ReturnType<typeof faultyProxy>>;
  /** Straight to the engine, under the same name. */
  node: FedNode;
};

/** Starts empty Meilisearch servers for this test file alone; filled in before its first test. */
export function ownSearchNodes(count: number): Behind[] {
  const made: Behind[] = [];
  const stops: (() => Promise<void>)[] = [];
  beforeAll(async () => {
    for (let n = 0; n < count; n += 1) {
      const dataDir = mkdtempSync(join(tmpdir(), "parasol-node-"));
      writeFileSync(join(dataDir, "meilisearch.key"), key, { mode: 0o600 });
      const wanted = { postgres: false, meilisearch: true, durable: false };
      const engine = await startSomeEngines({ dataDir, ...wanted });
      const line = await faultyProxy(new URL(engine.meiliUrl ?? ""));
      stops.push(async () => {
        await line.close();
        await engine.stop();
        removeDataDir(dataDir);
      });
      const url = `http://127.0.0.1:${line.port}`;
      const [straight] = nodesAt([engine.meiliUrl ?? ""]);
      const [named] = nodesAt([url]);
      if (!straight || !named) throw new Error("an engine without an address");
      made.push({ url, line, node: { name: named.name, client: straight.client } });
    }
  });
  afterAll(async () => {
    for (const stop of stops) await stop();
  });
  return made;
}

const environment = (urls: readonly string[]) => ({
  MEILI_URL: urls.join(","),
  MEILI_MASTER_KEY: key,
});

export const nodesAt = (urls: readonly string[]) => fedNodes(environment(urls));
export const serversAt = (urls: readonly string[]) => searchServers(environment(urls));
