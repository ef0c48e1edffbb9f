import { randomBytes } from "node:crypto";
import { afterAll, inject } from "vitest";
import { type FedNode, fedNodes } from "#lib/directory/feed-nodes.ts";
import { type SearchServer, searchServers } from "#lib/search/servers.ts";

export interface TestSearch {
  server: SearchServer & { apiKey: string };
  /** The same, for whoever feeds it. */
  node: FedNode;
  /** For this test file alone; every index whose name begins with it is deleted at the end. */
  indexUid: string;
}

/** Gives the test file an index name of its own in the shared Meilisearch. */
export function testSearch(): TestSearch {
  const indexUid = `test_${randomBytes(6).toString("hex")}`;
  const apiKey = inject("meiliMasterKey");
  const given = { MEILI_URL: inject("meiliUrl"), MEILI_MASTER_KEY: apiKey };
  const [server] = searchServers(given);
  const [node] = fedNodes(given);
  if (!server || !node) throw new Error("the integration tests have no Meilisearch");
  const headers = { authorization: `Bearer ${apiKey}` };
  afterAll(async () => {
    const answer = await fetch(`${server.url}/indexes?limit=1000`, { headers });
    const { results } = (await answer.json()) as { results: { uid: string }[] };
    for (const { uid } of results) {
      if (!uid.startsWith(indexUid)) continue;
      await fetch(`${server.url}/indexes/${uid}`, { method: "DELETE", headers });
    }
  });
  return { server: { ...server, apiKey }, node, indexUid };
}
