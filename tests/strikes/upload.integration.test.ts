import { mkdir, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { verifyChain } from "#lib/audit/verify-chain.ts";
import { readEvidence } from "#lib/evidence/read-evidence.ts";
import { sweepStrayBlobs } from "#lib/evidence/sweep-stray-blobs.ts";
import { loadReference } from "#lib/reference/load-reference.ts";
import { localStore } from "#lib/storage/local-store.ts";
import { makePng } from "../support/files/pictures.ts";
import { accountEnvironment } from "../support/test-accounts.ts";
import { carryOut, type Order } from "./commands.ts";
import { makeDraft } from "./orders.ts";
import { type Blow, struckProcesses } from "./run-struck.ts";
import { sceneDatabase, untilAlone } from "./scene.ts";
import { strikeEach } from "./strike-each.ts";

const DAY_MS = 24 * 60 * 60 * 1000;

accountEnvironment();
const processes = struckProcesses();
const scene = sceneDatabase(async (db) => {
  await loadReference(db);
  return { actor: await makeDraft(db), base64: (await makePng()).toString("base64") };
});
let home = "";
const table: Record<string, unknown>[] = [];
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), "parasol-strikes-"));
});
afterAll(async () => {
  await rm(home, { recursive: true, force: true });
  console.table(table);
});

type Way = { name: string; blow: (at: number, below: string) => Blow; ends: "killed" | "refused" };
const ways: Way[] = [
  {
    name: "killed after a statement",
    blow: (at) => ({ after: "statement", at }),
    ends: "killed",
  },
  {
    name: "killed at a step on files",
    blow: (at, below) => ({ at, below, by: "SIGKILL" }),
    ends: "killed",
  },
  {
    name: "on a disk that is full at a step on files",
    blow: (at, below) => ({ at, below, by: "ENOSPC" }),
    ends: "refused",
  },
];

test.each(ways)(
  "an upload that is $name leaves all of it, or what the sweep takes",
  async ({ name, blow, ends }) => {
    const { struck, whole } = await strikeEach(
      scene.copy,
      async (at, copy) => {
        const dataDir = join(home, `${ends}-${name.length}-${at}`);
        await mkdir(dataDir);
        const claim = { subject: "identity", claimId: null } as const;
        const given = {
          actor: scene.actor,
          claim,
          fileName: "me.png",
          base64: scene.base64,
          dataDir,
        };
        const order: Order = { name: "upload", given };
        const ended = await processes.run(order, copy.url, blow(at, dataDir));
        await untilAlone(copy);
        const files = await filesIn(dataDir);
        const changes = await scene.changesIn(copy.db);
        const store = localStore(dataDir);
        const swept = await sweepStrayBlobs(new Date(Date.now() + 2 * DAY_MS), copy.db, store);
        const filesAfter = await filesIn(dataDir);
        // The scene stays as it was for the next one, unless all of it is there.
        const isNone = Object.keys(changes).length === 0;
        const other = isNone ? await scene.copy() : copy;
        const again = String(await carryOut(order, { db: other.db, databaseUrl: other.url }));
        const opened = (await readEvidence(scene.actor, again, other.db, store)).bytes.length;
        const { fault } = await verifyChain({}, other.db);
        const atLast = (await store.list("evidence/")).length;
        if (isNone) await other.drop();
        return { ...ended, at, changes, files, swept, filesAfter, opened, fault, atLast };
      },
      ends === "refused" ? ({ said }) => said === "storage" : undefined,
    );
    expect(whole).toMatchObject({ said: "done", files: 1, swept: 0 });
    expect(Object.keys(whole.changes)).toEqual(
      expect.arrayContaining(["public.evidence", "public.audit_events"]),
    );
    for (const each of [...struck, whole]) {
      const { at, changes, files } = each;
      const isNone = Object.keys(changes).length === 0;
      expect.soft({ at, changes }).toEqual({ at, changes: isNone ? {} : whole.changes });
      expect.soft(each).toMatchObject({
        ...(isNone ? { swept: files, filesAfter: 0 } : { files: 1, swept: 0, filesAfter: 1 }),
        fault: null,
        atLast: 1,
      });
      expect.soft(each.opened).toBeGreaterThan(0);
    }
    // Whoever is told that it was not kept leaves nothing to be swept.
    if (ends === "refused") expect(struck.map(({ files }) => files)).toEqual(struck.map(() => 0));
    const strays = struck.filter(({ swept }) => swept > 0).length;
    const none = struck.filter(({ changes }) => Object.keys(changes).length === 0).length;
    table.push({
      upload: name,
      struck: struck.length,
      none,
      all: struck.length - none,
      swept: strays,
    });
    expect(struck.length).toBeGreaterThan(5);
  },
  300_000,
);

async function filesIn(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).length;
}
