import { randomBytes } from "node:crypto";
import { afterAll, inject } from "vitest";

export interface TestSearch {
  /** As `searchClient` takes it. */
  server: { url: string; apiKey: string };
  /** For this test file alone; every index whose name begins with it is deleted at the end. */
  indexUid: string;
}

/** Gives the test file an index name of its own in the shared Meilisearch. */
export function testSearch(): TestSearch {
  const indexUid = `test_${randomBytes(6).toString("hex")}`;
  const server = { url: inject("meiliUrl"), apiKey: inject("meiliMasterKey") };
  const headers = { authorization: `Bearer ${server.apiKey}` };
  afterAll(async () => {
    const answer = await fetch(`${server.url}/indexes?limit=1000`, { headers });
    const { results } = (await answer.json()) as { results: { uid: string }[] };
    for (const { uid } of results) {
      if (!uid.startsWith(indexUid)) continue;
      await fetch(`${server.url}/indexes/${uid}`, { method: "DELETE", headers });
    }
  });
  return { server, indexUid };
}
