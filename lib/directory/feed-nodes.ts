import { eq, notInArray, or, sql } from "drizzle-orm";
import type { Meilisearch } from "meilisearch";
import type { Db } from "#db/client.ts";
import { searchNodes } from "#db/schema/directory.ts";
import { dropNeedlessNodeJobs, moveNodeWrites } from "#lib/jobs/node-jobs.ts";
import { searchClient } from "#lib/search/client.ts";
import { readMark } from "#lib/search/mark.ts";
import { searchServers } from "#lib/search/servers.ts";

/** A search node as whoever writes to it knows it. */
export type FedNode = { name: string; client: Meilisearch };

/** Those of the environment. */
export function fedNodes(config: Parameters<typeof searchServers>[0]): FedNode[] {
  return searchServers(config).map((server) => ({
    name: server.name,
    client: searchClient(server),
  }));
}

/**
 * Has every change brought to these nodes from now on. One that was known by another address, as the
 * mark of its index says, keeps its index and what waits for it.
 */
export async function feedNodes(
  nodes: readonly FedNode[],
  indexUid: string,
  db: Db,
): Promise<void> {
  const names = nodes.map(({ name }) => name);
  const elsewhere = await db
    .select()
    .from(searchNodes)
    .where(names.length > 0 ? notInArray(searchNodes.name, names) : sql`false`);
  for (const { name, client } of elsewhere.length > 0 ? nodes : []) {
    const signal = AbortSignal.timeout(2_000);
    const mark = await readMark(client, indexUid, { signal }).catch(() => null);
    const before =
      mark && elsewhere.find(({ build, nextBuild }) => [build, nextBuild].includes(mark));
    if (before) await moveNode(before.name, name, db);
  }
  for (const name of names) await db.insert(searchNodes).values({ name }).onConflictDoNothing();
}

/** The same node at another address, unless a build is known of whatever was there. */
async function moveNode(from: string, to: string, db: Db): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.execute(sql`delete from search_nodes where name = ${to} and build is null`);
    const moved = await tx.execute(sql`
      update search_nodes set name = ${to} where name = ${from}
        and not exists (select from search_nodes where name = ${to}) returning name`);
    if (moved.length > 0) await moveNodeWrites(from, to, tx);
  });
}

/** Forgets every node but these, and drops what waits for the others. */
export async function feedOnly(nodes: readonly FedNode[], db: Db): Promise<void> {
  const names = nodes.map(({ name }) => name);
  if (names.length > 0) await db.delete(searchNodes).where(notInArray(searchNodes.name, names));
  await dropNeedlessNodeJobs(db);
}

/** The marks by which a node's index is known: one, or two while it is being swapped. */
export async function marksOf(node: string, db: Db): Promise<string[] | null> {
  const [row] = await db.select().from(searchNodes).where(eq(searchNodes.name, node));
  if (!row) return null;
  return [row.build, row.nextBuild].filter((mark) => mark !== null);
}

/**
 * Says before a swap that either index may answer. @param present the mark of the one that is there,
 * which stays known only if it was
 */
export async function announceBuild(
  node: string,
  { mark, present }: { mark: string; present: string | null },
  db: Db,
): Promise<void> {
  await db.execute(sql`
    update search_nodes set next_build = ${mark},
      build = case when ${present}::text in (build, next_build) then ${present}::text end
    where name = ${node}`);
}

/** Says after the swap that only the new one may. */
export async function confirmBuild(node: string, mark: string, db: Db): Promise<void> {
  await db
    .update(searchNodes)
    .set({ build: mark, nextBuild: null })
    .where(eq(searchNodes.name, node));
}

/** The node whose index has this mark, as far as Postgres knows. */
export async function nodeWithMark(mark: string, db: Db): Promise<string | null> {
  const [row] = await db
    .select({ name: searchNodes.name })
    .from(searchNodes)
    .where(or(eq(searchNodes.build, mark), eq(searchNodes.nextBuild, mark)));
  return row?.name ?? null;
}
