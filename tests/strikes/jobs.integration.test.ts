import { randomUUID } from "node:crypto";
import { afterAll, afterEach, expect, test } from "vitest";
import { connect } from "#db/client.ts";
import { loadDocuments } from "#lib/directory/load-documents.ts";
import { rebuildDirectory } from "#lib/directory/rebuild-directory.ts";
import { enqueueMail } from "#lib/email/enqueue-mail.ts";
import { enqueueReindex } from "#lib/jobs/enqueue.ts";
import { beat, forget } from "#lib/jobs/heartbeat.ts";
import { loadReference } from "#lib/reference/load-reference.ts";
import { isMarkDocument } from "#lib/search/mark.ts";
import { mailServer, type TestMailServer } from "../support/mail-server.ts";
import { accountEnvironment } from "../support/test-accounts.ts";
import { testSearch } from "../support/test-search.ts";
import { carryOut, type Order } from "./commands.ts";
import { makeListed } from "./orders.ts";
import { type Blow, struckProcesses } from "./run-struck.ts";
import { type Copy, sceneDatabase, untilAlone } from "./scene.ts";
import { strikeEach } from "./strike-each.ts";

accountEnvironment();
const processes = struckProcesses();
const search = testSearch();
const { client } = search.node;
const servers: TestMailServer[] = [];
const table: Record<string, unknown>[] = [];
afterEach(async () => {
  for (const { close } of servers.splice(0)) await close();
});
afterAll(() => console.table(table));

const scene = sceneDatabase(async (db) => {
  await loadReference(db);
  const { therapistId } = await makeListed(db);
  await db.execute("delete from mails; delete from graphile_worker._private_jobs");
  await enqueueReindex(therapistId, db);
  const params = { url: "https://directory.example/sign-in/confirm?token=t" };
  const to = "someone@provider.net";
  await enqueueMail({ kind: "sign-in", to, personId: null, locale: "en", params }, db);
  return { therapistId };
});

/** As the next worker does when the one that was killed has been silent for long enough. */
async function again(order: Order, copy: Copy): Promise<void> {
  await copy.sql`
    update graphile_worker._private_jobs set locked_at = now() - interval '1 minute'
    where locked_at is not null`;
  await beat(["the-next-one"], copy.db);
  await forget(["the-next-one"], copy.db);
  await carryOut(order, { db: copy.db, databaseUrl: copy.url });
}

async function left(copy: Copy, task: string) {
  const jobs =
    await copy.sql`select from graphile_worker.jobs where task_identifier like ${`${task}%`}`;
  const waiting = await copy.sql`select from mails where state = 'waiting'`;
  return { jobs: jobs.length, waiting: waiting.length };
}

test.each<Extract<Blow, { after: unknown }>["after"]>(["statement", "mail reply"])(
  "a worker that is killed after any %s loses no mail, and sends it again only if it had no word",
  async (after) => {
    const { struck, whole } = await strikeEach(scene.copy, async (at, copy) => {
      const server = await mailServer();
      servers.push(server);
      const order: Order = { name: "work", given: { task: "mail.send", smtpUrl: server.url } };
      const ended = await processes.run(order, copy.url, { after, at });
      await untilAlone(copy);
      const known = (await left(copy, "mail.send")).waiting === 0;
      const first = server.received.length;
      await again(order, copy);
      const ids = new Set(server.received.map(({ parsed }) => parsed.messageId));
      const sent = { sent: server.received.length, ids: ids.size };
      const changes = await scene.changesIn(copy.db);
      return { ...ended, at, changes, first, known, ...sent, ...(await left(copy, "mail.send")) };
    });
    for (const { at, known, first, ...end } of [...struck, whole]) {
      const sent = first === 1 && !known ? 2 : 1;
      expect.soft({ at, ...end }).toMatchObject({ at, sent, ids: 1, jobs: 0, waiting: 0 });
    }
    const twice = struck.filter(({ sent }) => sent === 2).length;
    table.push({
      job: "mail.send",
      "killed after each": after,
      killed: struck.length,
      lost: 0,
      twice,
    });
    // The one moment that nobody can close: the server has taken it, and its word was not heard.
    expect(twice).toBe(after === "mail reply" ? 1 : 0);
  },
  300_000,
);

test("a worker that is killed at an index job leaves it to the next, and the index is right", async () => {
  const { struck, whole } = await strikeEach(scene.copy, async (at, copy) => {
    const uid = `${search.indexUid}_${randomUUID().slice(0, 8)}`;
    // On connections of its own, which are gone when the process comes.
    const builder = connect(copy.url, { max: 2 });
    await rebuildDirectory([search.node], builder.db, () => {}, uid);
    await builder.sql.end();
    // As it was before this therapist was there.
    const filter = `therapistId = "${scene.therapistId}"`;
    await client.index(uid).deleteDocuments({ filter }).waitTask({ timeout: 0 });
    await copy.sql`delete from directory_entries`;
    const given = { task: "profile.reindex", index: { ...search.server, uid } };
    const order: Order = { name: "work", given };
    const ended = await processes.run(order, copy.url, { after: "statement", at });
    await untilAlone(copy);
    await again(order, copy);
    const changes = await scene.changesIn(copy.db);
    const truth = await loadDocuments([scene.therapistId], copy.db);
    const { results } = await client.index(uid).getDocuments({ limit: 100 });
    const entries = await copy.sql`select id from directory_entries`;
    const { jobs } = await left(copy, "profile.reindex");
    const ids = (rows: { id?: unknown }[]) => rows.map(({ id }) => String(id)).sort();
    return {
      ...ended,
      at,
      changes,
      truth: ids(truth),
      index: ids(results.filter((document) => !isMarkDocument({ id: String(document.id) }))),
      entries: ids([...entries]),
      jobs,
    };
  });
  for (const { at, truth, index, entries, jobs } of [...struck, whole]) {
    expect.soft(truth.length).toBeGreaterThan(0);
    expect
      .soft({ at, index, entries, jobs })
      .toEqual({ at, index: truth, entries: truth, jobs: 0 });
  }
  table.push({
    job: "profile.reindex",
    "killed after each": "statement",
    killed: struck.length,
    lost: 0,
  });
}, 300_000);
