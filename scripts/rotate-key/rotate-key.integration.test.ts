import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes, randomUUID } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { mails } from "#db/schema/mails.ts";
import { mailContext } from "#lib/email/enqueue-mail.ts";
import { loadReference } from "#lib/reference/load-reference.ts";
import { masterKeyOf } from "#lib/sealing/master-keys.ts";
import { seal, tryUnseal } from "#lib/sealing/seal.ts";
import { plantSealed } from "../../tests/support/plant-sealed.ts";
import { testDatabase } from "../../tests/support/test-database.ts";
import { root } from "../checkout.ts";

const database = testDatabase();
const [old, young] = [randomBytes(32).toString("base64"), randomBytes(32).toString("base64")];
const count = 2_000;
/** Whole processes, each with a database of its own to migrate. */
vi.setConfig({ testTimeout: 180_000 });
let folder = "";

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "parasol-rotate-"));
  vi.stubEnv("MASTER_KEY", old);
  await loadReference(database.db);
  await plantSealed(database.db);
  const rows = Array.from({ length: count }, (_, at) => {
    const id = randomUUID();
    const sealedBody = seal(`mail ${at}`, mailContext(id));
    return { id, kind: "sign-in", locale: "en", sealedBody } as const;
  });
  for (let at = 0; at < count; at += 500) {
    await database.db.insert(mails).values(rows.slice(at, at + 500));
  }
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true, force: true });
});

function start(keys: Record<string, string>): ChildProcess & { said: string[] } {
  const child = spawn(process.execPath, ["scripts/rotate-key.ts"], {
    cwd: root,
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      PATH: process.env.PATH,
      NODE_ENV: "production",
      DATABASE_URL: database.url,
      DATA_DIR: folder,
      ...keys,
    },
  });
  const said: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (text: string) => said.push(text));
  }
  return Object.assign(child, { said });
}

async function run(keys: Record<string, string>): Promise<{ code: number; said: string }> {
  const child = start(keys);
  const [code] = await once(child, "close");
  return { code, said: child.said.join("") };
}

/** How many mails open with each key. */
async function standOfMails() {
  const rows = await database.db.select().from(mails);
  const opens = (key: string) =>
    rows.filter(
      ({ id, sealedBody }) =>
        tryUnseal(sealedBody ?? "", mailContext(id), masterKeyOf(Buffer.from(key, "base64"))) !==
        null,
    ).length;
  return { old: opens(old), young: opens(young) };
}

const both = { MASTER_KEY: young, MASTER_KEY_BEFORE: old };

test("refuses what does not fit, in words, and changes nothing", async () => {
  const wrong = await run({ ...both, MASTER_KEY_BEFORE: randomBytes(32).toString("base64") });
  expect(wrong.code).toBe(1);
  expect(wrong.said).toContain("MASTER_KEY_BEFORE opens nothing here");
  expect(wrong.said).toContain(`mails.sealed_body: ${count + 1}`);
  const same = await run({ MASTER_KEY: old, MASTER_KEY_BEFORE: old });
  expect([same.code, same.said]).toEqual([1, expect.stringContaining("is MASTER_KEY itself")]);
  const alone = await run({ MASTER_KEY: young });
  expect([alone.code, alone.said]).toEqual([
    1,
    expect.stringContaining("MASTER_KEY_BEFORE is not set"),
  ]);
  expect(await standOfMails()).toEqual({ old: count + 1, young: 0 });
});

test("killed in the middle it leaves all readable, and goes on when it is run again", async () => {
  const child = start(both);
  // The first place is done; thousands of mails are still to come.
  await once(child.stdout ?? child, "data");
  child.kill("SIGKILL");
  await once(child, "close");
  const halfWay = await standOfMails();
  expect(halfWay.old).toBeGreaterThan(0);
  expect(halfWay.old + halfWay.young).toBe(count + 1);
  const [begun] = await database.sql`select mark from earlier_keys`;
  expect(begun?.mark).toBe(masterKeyOf(Buffer.from(old, "base64")).mark);

  const again = await run(both);
  expect(again.said).toContain("Left that only MASTER_KEY_BEFORE opens: 0");
  expect(again.said).toContain("MASTER_KEY_BEFORE can be taken away");
  expect(again.code).toBe(0);
  expect(await standOfMails()).toEqual({ old: 0, young: count + 1 });
  expect(again.said).not.toContain(old);
  expect(again.said).not.toContain(young);
});
