import { execFile, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Sql } from "postgres";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { migrateDatabase, migrateOnly } from "#db/migrate.ts";
import { raiseFloor } from "#db/schema-stand.ts";
import { emptyDatabases } from "../../tests/support/empty-database.ts";
import { siteRole } from "../../tests/support/site-role.ts";
import { testDatabase } from "../../tests/support/test-database.ts";
import { root } from "../checkout.ts";

/** Real processes on settings that cannot work: each ends with 1, and says what to do. */

const database = testDatabase();
const site = siteRole(database);
const emptyDatabase = emptyDatabases();
const folder = mkdtempSync(join(tmpdir(), "parasol-bad-"));
const masterKey = Buffer.alloc(32, 3).toString("base64");
const recipient = "age1glnut4sjawfx7uxtldaxnhyta7dphst7ls4wpvvv8uem08txfyesuk7zuh";
const databases = { empty: "", foreign: "", older: "", newer: "", newest: "", closed: "" };
let taken: Server;
let takenPort = 0;

type Env = Record<string, string>;
type Ended = { code: number; words: string };

/** What a process would start with; DATA_DIR is one that nobody else has. */
const good = (): Env => ({
  PORT: "0",
  DATA_DIR: mkdtempSync(join(folder, "data-")),
  DATABASE_URL: site.url,
  MEILI_URL: inject("meiliUrl"),
  MEILI_MASTER_KEY: inject("meiliMasterKey"),
  MASTER_KEY: masterKey,
  LOG_LEVEL: "silent",
});

/** The site's role there, as far as a release before would have let it look. */
async function asSite({ url, sql }: { url: string; sql: Sql }, looks = true): Promise<string> {
  if (looks) {
    await sql.unsafe(`grant usage on schema drizzle to ${site.role};
      grant select on drizzle.__drizzle_migrations to ${site.role}`);
  }
  const { username, password } = new URL(site.url);
  return Object.assign(new URL(url), { username, password }).href;
}

async function migrated(then: (sql: Sql) => Promise<unknown>): Promise<{ url: string; sql: Sql }> {
  const made = await emptyDatabase();
  await migrateDatabase(made.url);
  await made.sql`insert into drizzle.__drizzle_migrations (hash, created_at) values ('later', 9e15)`;
  await then(made.sql);
  return made;
}

beforeAll(async () => {
  await database.sql`insert into people (id, email) values ('one', 'one@mail.example')`;
  process.env.MASTER_KEY = masterKey;
  const { seal } = await import("#lib/sealing/seal.ts");
  await database.sql`insert into totp_secrets (person_id, sealed_secret)
    values ('one', ${seal("secret", "totp:one")})`;
  const empty = await emptyDatabase();
  const foreign = await emptyDatabase();
  await foreign.sql`create table wp_posts (id int)`;
  const older = await emptyDatabase();
  await older.sql.begin((tx) => migrateOnly(3, tx as unknown as Sql));
  Object.assign(databases, {
    empty: await asSite(empty, false),
    foreign: await asSite(foreign, false),
    older: await asSite(older),
    newer: await asSite(await migrated(async () => {})),
    newest: await asSite(await migrated((sql) => raiseFloor(99, sql))),
    closed: await asSite(await migrated(async () => {}), false),
  });
  taken = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => taken.once("listening", resolve));
  takenPort = (taken.address() as { port: number }).port;
  writeFileSync(join(folder, "file"), "");
  writeFileSync(join(folder, "key"), "AGE-SECRET-KEY-1XXX");
}, 120_000);

afterAll(() => {
  taken.close();
  rmSync(folder, { recursive: true, force: true });
});

const run = (command: string, changed: Env): Promise<Ended> =>
  new Promise((resolve) => {
    const [script = "", ...args] = command.split(" ");
    const env = { PATH: process.env.PATH ?? "", NODE_ENV: "production", ...good(), ...changed };
    const path = join(root, "scripts", `${script}.ts`);
    const options = { cwd: root, env: env as NodeJS.ProcessEnv, timeout: 100_000 };
    execFile(process.execPath, [path, ...args], options, (error, out, err) => {
      resolve({ code: error ? Number(error.code ?? -1) : 0, words: `${out}${err}` });
    });
  });

const at = (url: string, change: Partial<URL>) => Object.assign(new URL(url), change).href;
const inFile = () => join(folder, "file", "inside");

type Row = [command: string, what: string, env: () => Env, words: RegExp];

const ofDatabases = (command: string): Row[] => [
  [
    command,
    "an empty database",
    () => ({ DATABASE_URL: databases.empty }),
    /no tables yet[\s\S]*prepare\.ts/,
  ],
  [
    command,
    "one of something else",
    () => ({ DATABASE_URL: databases.foreign }),
    /of something else[\s\S]*Correct DATABASE_URL/,
  ],
  [
    command,
    "one not migrated",
    () => ({ DATABASE_URL: databases.older }),
    /is older: it had 3 of \d+[\s\S]*MIGRATION_DATABASE_URL/,
  ],
  [
    command,
    "one of a much newer release",
    () => ({ DATABASE_URL: databases.newest }),
    /newer release[\s\S]*at least 99[\s\S]*RUNBOOK/,
  ],
  [
    command,
    "one that we may not look into",
    () => ({ DATABASE_URL: databases.closed }),
    /no right there[\s\S]*DATABASE_URL/,
  ],
  [
    command,
    "a wrong password",
    () => ({ DATABASE_URL: at(site.url, { password: "wrong" }) }),
    /refuses the password[\s\S]*DATABASE_URL/,
  ],
  [
    command,
    "no such database",
    () => ({ DATABASE_URL: at(site.url, { pathname: "/nope" }) }),
    /nope at .*: that database does not exist[\s\S]*DATABASE_URL/,
  ],
  [
    command,
    "no such host",
    () => ({ DATABASE_URL: at(site.url, { hostname: "nope.invalid" }) }),
    /nope\.invalid.*: the host name is unknown[\s\S]*DATABASE_URL/,
  ],
];

const ofServices = (command: string): Row[] => [
  [command, "a variable that is wrong", () => ({ EXIT_URL: "nowhere" }), /EXIT_URL: .* Example: /],
  [
    command,
    "half a key of the store",
    () => ({ EVIDENCE_STORE: "s3://a/b", S3_ACCESS_KEY_ID: "x" }),
    /S3_SECRET_ACCESS_KEY are needed/,
  ],
  [
    command,
    "registers that are not there",
    () => ({ REGISTERS: "/nope.json" }),
    /REGISTERS[\s\S]*\/nope\.json|\/nope\.json/,
  ],
  [
    command,
    "a key that Meilisearch refuses",
    () => ({ MEILI_MASTER_KEY: "w".repeat(20) }),
    /Meilisearch \(.*refuses the key[\s\S]*MEILI_MASTER_KEY/,
  ],
  [
    command,
    "no key for Meilisearch",
    () => ({ MEILI_MASTER_KEY: "" }),
    /wants a key[\s\S]*MEILI_MASTER_KEY/,
  ],
  [
    command,
    "a DATA_DIR that is no folder",
    () => ({ DATA_DIR: inFile() }),
    /cannot be written[\s\S]*DATA_DIR/,
  ],
  [
    command,
    "another MASTER_KEY",
    () => ({ MASTER_KEY: Buffer.alloc(32, 4).toString("base64") }),
    /MASTER_KEY does not open what was sealed: second factors/,
  ],
  [
    command,
    "no MASTER_KEY",
    () => ({ MASTER_KEY: "" }),
    /MASTER_KEY is not set, and this database holds[\s\S]*RUNBOOK/,
  ],
];

const some = (rows: Row[], which: RegExp) => rows.filter(([, what]) => which.test(what));

const rows: Row[] = [
  ...ofDatabases("web"),
  ...ofServices("web"),
  ["web", "no DATABASE_URL", () => ({ DATABASE_URL: "" }), /DATABASE_URL is not set/],
  ["web", "no MEILI_URL", () => ({ MEILI_URL: "" }), /MEILI_URL is not set/],
  [
    "web",
    "a port in use",
    () => ({ PORT: String(takenPort) }),
    /PORT \d+ on 127\.0\.0\.1 is taken/,
  ],
  [
    "web",
    "an address that is not ours",
    () => ({ HOST: "192.0.2.1" }),
    /Cannot listen on HOST 192\.0\.2\.1[\s\S]*Correct HOST/,
  ],
  // They look by the same code: of each kind some, since every row is a process.
  ...some(ofDatabases("worker"), /not migrated|much newer|wrong password|may not look/),
  ...some(ofServices("worker"), /half a key|refuses|DATA_DIR|another MASTER_KEY/),
  ...some(ofDatabases("audit verify"), /something else|much newer|no such host/),
  ...some(ofDatabases("up/prepare"), /something else|much newer|wrong password|no such database/),
  [
    "up",
    "a wrong password",
    () => ({ DATABASE_URL: at(site.url, { password: "wrong" }) }),
    /refuses the password/,
  ],
  [
    "up",
    "a key that Meilisearch refuses",
    () => ({ MEILI_MASTER_KEY: "w".repeat(20) }),
    /refuses the key/,
  ],
  ["up", "a port in use", () => ({ PORT: String(takenPort) }), /PORT \d+ on .* is taken/],
  [
    "up",
    "a DATA_DIR that is no folder",
    () => ({ DATA_DIR: inFile() }),
    /cannot be written[\s\S]*DATA_DIR/,
  ],
  [
    `backup --to ${folder}/no/folder --ledger ${folder}/l`,
    "no such folder",
    () => ({ BACKUP_RECIPIENT: recipient }),
    /The backup .*no\/folder \(ENOENT\): .*Make the folder/,
  ],
  [
    `backup --to ${folder}/b --ledger ${folder}/file/l`,
    "a ledger in a file",
    () => ({ BACKUP_RECIPIENT: recipient }),
    /The ledger .* \(ENOTDIR\): /,
  ],
  [`backup --to ${folder}/b`, "no recipient", () => ({}), /BACKUP_RECIPIENT is not set/],
  [
    `restore --from ${folder}/b --identity ${folder}/nope --without-ledger`,
    "no key",
    () => ({}),
    /The age key .*nope \(ENOENT\)/,
  ],
  [
    `restore --from ${folder}/b --identity ${folder}/key --without-ledger`,
    "no key in it",
    () => ({}),
    /holds no age key/,
  ],
  ["lead someone@mail.example", "no SITE_URL", () => ({}), /SITE_URL/],
];

describe("ends with words and 1", () => {
  test.concurrent.each(rows)("%s: %s", { timeout: 120_000 }, async (command, _what, env, words) => {
    const changed = env();
    const ended = await run(command, changed);
    expect(ended.words).toMatch(words);
    expect(ended.code).toBe(1);
    expect(ended.words, "no stack").not.toMatch(/^\s+at .*:\d+/m);
    for (const secret of secretsOf({ ...good(), ...changed })) {
      expect(ended.words).not.toContain(secret);
    }
  });
});

test("with nothing wrong there is nothing to say", { timeout: 120_000 }, async () => {
  expect(await run("audit verify", {})).toMatchObject({ code: 0 });
});

test("the release before runs on a newer schema, and says so", { timeout: 120_000 }, async () => {
  const ended = await run("audit head", { DATABASE_URL: databases.newer });
  expect(ended.words).toContain("This one may still run on it");
});

test("a disk that is full is told as such", { timeout: 120_000 }, async (context) => {
  const disk = join(folder, "disk");
  mkdirSync(disk);
  const mounted = spawnSync("mount", ["-t", "tmpfs", "-o", "size=64k", "tmpfs", disk]);
  if (mounted.status !== 0) return context.skip("no disk of its own here");
  try {
    mkdirSync(join(disk, "store"));
    const { bavail, bsize } = statfsSync(disk);
    writeFileSync(join(disk, "rest"), Buffer.alloc(bavail * bsize));
    const ended = await run("web", { DATA_DIR: disk });
    expect(ended).toMatchObject({ code: 1, words: expect.stringMatching(/is full \(ENOSPC\)/) });
  } finally {
    spawnSync("umount", ["--lazy", disk]);
  }
});

function secretsOf(env: Env): string[] {
  const password = env.DATABASE_URL ? new URL(env.DATABASE_URL).password : "";
  return [password, env.MEILI_MASTER_KEY ?? "", env.MASTER_KEY ?? ""].filter(
    (secret) => secret.length > 5,
  );
}
