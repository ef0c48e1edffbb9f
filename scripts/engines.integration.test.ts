import { type ChildProcess, fork, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import postgres from "postgres";
import { afterEach, expect, test, vi } from "vitest";
import { commandLine, identify } from "./bootstrap/identity.mjs";
import { type Engines, removeDataDir, startEngines } from "./engines/start-engines.ts";

const folders: string[] = [];
const children: ChildProcess[] = [];
const started: Engines[] = [];

afterEach(async () => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
  await Promise.all(started.splice(0).map((engines) => engines.stop()));
  for (const folder of folders.splice(0)) {
    await expect.poll(() => processesOf(folder), { timeout: 10_000 }).toEqual([]);
    removeDataDir(folder);
  }
});

test("a second start finds the data and the addresses of the first", async () => {
  const dataDir = newFolder();
  const first = await start(dataDir);
  await query(first.databaseUrl, "create table kept (n int); insert into kept values (7)");
  await fetch(`${first.meiliUrl}/indexes`, {
    ...authorized(first),
    method: "POST",
    body: '{"uid":"kept"}',
  });
  await expect.poll(() => indexNames(first)).toEqual(["kept"]);
  await first.stop();
  expect(processesOf(dataDir)).toEqual([]);
  const second = await start(dataDir);
  expect(await query(second.databaseUrl, "select n from kept")).toEqual([{ n: 7 }]);
  expect(await indexNames(second)).toEqual(["kept"]);
  expect([second.databaseUrl, second.meiliUrl]).toEqual([first.databaseUrl, first.meiliUrl]);
});

test("two run side by side, but not on one folder; nothing is open to others", async () => {
  const dataDir = newFolder();
  const [one, other] = await Promise.all([start(dataDir), start(newFolder())]);
  expect(one.databaseUrl).not.toEqual(other.databaseUrl);
  expect(one.meiliUrl).not.toEqual(other.meiliUrl);
  await expect(startEngines({ dataDir })).rejects.toThrow(/in use by process \d+/);
  expect((await fetch(`${one.meiliUrl}/indexes`)).status).toBe(401);
  const wrong = one.databaseUrl.replace(/:[^:@]+@/, ":wrong@");
  await expect(query(wrong, "select 1")).rejects.toThrow("password");
  for (const name of readdirSync(dataDir)) {
    const { mode } = statSync(join(dataDir, name));
    expect(mode & 0o077, name).toBe(0);
  }
});

test("a launcher that is killed leaves no engine, and the next start finds its data", async () => {
  const dataDir = newFolder();
  const { launcher, databaseUrl } = await hold(dataDir);
  await query(databaseUrl, "create table kept (n int)");
  expect(processesOf(dataDir).length).toBeGreaterThan(3);
  launcher.kill("SIGKILL");
  await expect.poll(() => processesOf(dataDir), { timeout: 10_000 }).toEqual([]);
  const next = await start(dataDir);
  expect(await query(next.databaseUrl, "select n from kept")).toEqual([]);
});

test("engines whose keepers were killed too are stopped by the next start", async () => {
  const dataDir = newFolder();
  const { launcher, databaseUrl } = await hold(dataDir);
  await query(databaseUrl, "create table kept (n int)");
  const orphans = processesOf(dataDir).filter((pid) => !commandLine(pid).includes("keeper.ts"));
  const keepers = processesOf(dataDir).filter((pid) => /keeper\.ts/.test(commandLine(pid)));
  const gone = once(launcher, "exit");
  launcher.kill("SIGKILL");
  for (const pid of keepers) process.kill(pid, "SIGKILL");
  await gone;
  await expect.poll(() => keepers.filter((pid) => identify(pid))).toEqual([]);
  expect(orphans.filter((pid) => identify(pid)).length).toBeGreaterThan(1);
  const next = await start(dataDir);
  expect(await query(next.databaseUrl, "select n from kept")).toEqual([]);
  expect(orphans.filter((pid) => identify(pid))).toEqual([]);
});

test("an engine that dies comes back on its address", async () => {
  const dataDir = newFolder();
  const said = vi.fn<(line: string) => void>();
  const engines = await start(dataDir, said);
  const pid = Number(
    readFileSync(join(dataDir, "meilisearch.pid"), "utf8").match(/"pid": (\d+)/)?.[1],
  );
  process.kill(pid, "SIGKILL");
  await expect.poll(() => said.mock.calls.flat().join()).toContain("meilisearch stopped");
  await expect.poll(() => indexNames(engines).catch(() => null), { timeout: 10_000 }).toEqual([]);
});

test("a pid file whose number went to another process blocks nothing and kills nobody", async () => {
  const dataDir = newFolder();
  await (await start(dataDir)).stop();
  const cluster = join(dataDir, "postgres", "cluster");
  const { uid, gid } = statSync(cluster);
  const asPostgres = process.getuid?.() === 0 ? { uid, gid } : {};
  const stranger = spawn("sleep", ["60"], { stdio: "ignore", cwd: "/", ...asPostgres });
  children.push(stranger);
  await once(stranger, "spawn");
  const pid = Number(stranger.pid);
  writeFileSync(
    join(cluster, "postmaster.pid"),
    `${pid}\n${cluster}\n1\n1\n\n127.0.0.1\n0 0\nready\n`,
  );
  writeFileSync(join(dataDir, "meilisearch.pid"), JSON.stringify({ pid, identity: "another 1" }));
  const engines = await start(dataDir);
  expect(await query(engines.databaseUrl, "select 1 as n")).toEqual([{ n: 1 }]);
  expect(stranger.exitCode ?? stranger.signalCode).toBeNull();
});

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "parasol-engines-"));
  folders.push(folder);
  return folder;
}

async function start(dataDir: string, say: (line: string) => void = () => {}): Promise<Engines> {
  const engines = await startEngines({ dataDir, durable: false, say });
  started.push(engines);
  return engines;
}

/** Engines under a launcher of their own, which the test can kill. */
async function hold(dataDir: string): Promise<{ launcher: ChildProcess; databaseUrl: string }> {
  const launcher = fork(join(import.meta.dirname, "../tests/support/hold-engines.ts"), [dataDir], {
    execArgv: [],
  });
  children.push(launcher);
  const [{ databaseUrl }] = await once(launcher, "message");
  return { launcher, databaseUrl };
}

function processesOf(dataDir: string): number[] {
  const pids = readdirSync("/proc").map(Number).filter(Number.isInteger);
  return pids.filter((pid) => {
    const words = commandLine(pid);
    return words.includes(dataDir) && !words.includes("hold-engines") && identify(pid) !== null;
  });
}

async function query(url: string, text: string): Promise<unknown[]> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    return [...(await sql.unsafe(text))];
  } finally {
    await sql.end();
  }
}

async function indexNames(engines: Engines): Promise<string[]> {
  const answer = await fetch(`${engines.meiliUrl}/indexes`, authorized(engines));
  const { results } = (await answer.json()) as { results: { uid: string }[] };
  return results.map(({ uid }) => uid);
}

function authorized({ meiliMasterKey }: Engines): { headers: Record<string, string> } {
  return {
    headers: { authorization: `Bearer ${meiliMasterKey}`, "content-type": "application/json" },
  };
}
