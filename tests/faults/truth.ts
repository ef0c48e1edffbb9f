import { isDeepStrictEqual } from "node:util";
import { expect } from "@playwright/test";
import type { Sql } from "postgres";
import { connect, type Db } from "#db/client.ts";
import { verifyChain } from "#lib/audit/verify-chain.ts";
import { cardFields, type DirectoryDocument } from "#lib/directory/index-document.ts";
import { loadDocuments } from "#lib/directory/load-documents.ts";
import { searchClient } from "#lib/search/client.ts";
import { isMarkDocument } from "#lib/search/mark.ts";
import { cluster, meiliKey, site, upFile } from "../support/running-site.ts";
import type { WriteKind } from "./load.ts";

/** Whose writes are counted. */
export type Written = { therapistId: string; caseId: string };

/** Of each kind of write: its rows, and the audit events that were written with them. */
export type Counts = Record<WriteKind, { rows: number; events: number }>;

export async function onDatabase<T>(run: (sql: Sql, db: Db) => Promise<T>): Promise<T> {
  const { sql, db } = connect(upFile().migrationDatabaseUrl, { max: 2 });
  try {
    return await run(sql, db);
  } finally {
    await sql.end({ timeout: 1 });
  }
}

export async function countWrites(sql: Sql, { caseId, therapistId }: Written): Promise<Counts> {
  const events = async (verb: string, subject: string | null) => {
    const [row] = await sql<{ count: number }[]>`
      select count(*)::integer from audit_events
      where verb = ${verb} and (${subject}::text is null or subject_id = ${subject})`;
    return row?.count ?? 0;
  };
  const rows = async (question: Promise<{ count: number }[]>) => (await question)[0]?.count ?? 0;
  const written = (kind: string) =>
    rows(sql`
      select count(*)::integer from case_messages where case_id = ${caseId} and kind = ${kind}`);
  const openings = await events("availability.confirm", therapistId);
  return {
    note: { rows: await written("private-note"), events: await events("case.note", caseId) },
    message: { rows: await written("from-moderators"), events: await events("case.write", caseId) },
    // Each is a change to one row, and a job: their events are what can be counted.
    opening: { rows: openings, events: openings },
    report: {
      rows: await rows(sql`select count(*)::integer from reports`),
      events: await events("report.receive", null),
    },
  };
}

/**
 * Waits until all is as if nothing had been: every part answers, index and entries hold what the
 * tables say, and no mail is left that could be sent.
 * @returns seconds that it took
 */
export async function settle(withinMs: number): Promise<number> {
  const began = performance.now();
  await expect
    .poll(() => whatIsOff().catch((error: unknown) => [`no answer: ${error}`]), {
      timeout: withinMs,
      intervals: [250],
    })
    .toEqual([]);
  return (performance.now() - began) / 1000;
}

type Readiness = { status: string; searchNodes: boolean[] };

/** @returns what is not as it should be, in words */
async function whatIsOff(): Promise<string[]> {
  for (const url of [site.url, ...(cluster?.webs ?? [])]) {
    const ready = await fetch(`${url}/api/ready`);
    const { status, searchNodes, ...parts } = (await ready.json()) as Readiness;
    if (status !== "ok" || searchNodes.includes(false))
      return [`${url} is not ready: ${JSON.stringify({ searchNodes, ...parts })}`];
  }
  return onDatabase(async (sql, db) => {
    const [mails] = await sql`select count(*)::integer as n from mails where state = 'waiting'`;
    const waiting = Number(mails?.n) > 0 ? [`${mails?.n} mails wait`] : [];
    return [...waiting, ...(await replicaDifference(sql)), ...(await indexDifference(sql, db))];
  });
}

/** What the primary has written by now is there. */
async function replicaDifference(sql: Sql): Promise<string[]> {
  if (cluster === null) return [];
  const [written] = await sql<{ lsn: string }[]>`select pg_current_wal_flush_lsn()::text as lsn`;
  const replica = connect(cluster.replicaUrl, { max: 1 });
  try {
    const [read] = await replica.sql<{ isThere: boolean }[]>`
      select pg_last_wal_replay_lsn() >= ${written?.lsn ?? ""}::pg_lsn as "isThere"`;
    return read?.isThere ? [] : ["the replica is behind"];
  } finally {
    await replica.sql.end({ timeout: 1 });
  }
}

/** Held against the truth with the site's own reading of it: what differs is what no job has done. */
async function indexDifference(sql: Sql, db: Db): Promise<string[]> {
  const people = await sql<{ id: string }[]>`select id from therapists order by id`;
  const truth = await loadDocuments(
    people.map(({ id }) => id),
    db,
  );
  const nodes = await Promise.all(
    nodeUrls().map(async (url) => {
      const index = searchClient({ url, apiKey: meiliKey() }).index("therapists");
      const { results } = await index.getDocuments<DirectoryDocument>({ limit: 10_000 });
      const held = results.filter((each) => !isMarkDocument(each));
      return differences(`index at ${url}`, byId(truth), byId(held));
    }),
  );
  const entries = await sql<{ id: string; card: object }[]>`select id, card from directory_entries`;
  const cards = truth.map((document) => [document.id, cardOf(document)] as const);
  return [
    ...nodes.flat(),
    ...differences("entries", new Map(cards), new Map(entries.map(({ id, card }) => [id, card]))),
  ];
}

function nodeUrls(): string[] {
  return upFile().meiliUrl.split(",");
}

function byId(documents: readonly DirectoryDocument[]): Map<string, object> {
  return new Map(documents.map((document) => [document.id, document]));
}

function cardOf(document: DirectoryDocument): object {
  return Object.fromEntries(cardFields.map((field) => [field, document[field]]));
}

function differences(name: string, truth: Map<string, object>, held: Map<string, object>) {
  const ids = new Set([...truth.keys(), ...held.keys()]);
  return [...ids]
    .filter((id) => !isDeepStrictEqual(plain(truth.get(id)), plain(held.get(id))))
    .map((id) => `${name}: ${id}`);
}

/** As it goes over the line: without what is undefined. */
function plain(document: object | undefined): object | null {
  return document === undefined ? null : JSON.parse(JSON.stringify(document));
}

/** @returns the fault that was found, in words; null when the chain is well */
export async function chainFault(): Promise<string | null> {
  return onDatabase(async (_sql, db) => {
    const { fault } = await verifyChain({}, db);
    return fault && JSON.stringify(fault);
  });
}
