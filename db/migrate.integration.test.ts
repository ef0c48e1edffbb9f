import { readMigrationFiles } from "drizzle-orm/migrator";
import { migrate } from "drizzle-orm/postgres-js/migrator";
import type { Sql } from "postgres";
import { expect, test, vi } from "vitest";
import { emptyDatabases } from "../tests/support/empty-database.ts";
import { migrationsOf } from "../tests/support/migrations-folder.ts";
import { locks } from "./locks.ts";
import { migrateDatabase, migrateOnly, requireSchema } from "./migrate.ts";
import { migrationsFolder, readMigrations } from "./read-migrations.ts";
import { SchemaError } from "./schema-stand.ts";

const emptyDatabase = emptyDatabases();

const table = "CREATE TABLE things (id serial PRIMARY KEY, word text);";
const fill = "INSERT INTO things (word) SELECT 'w' FROM generate_series(1, 1000);";
const column = "ALTER TABLE things ADD COLUMN more text;";
const index = `-- outside a transaction
CREATE INDEX CONCURRENTLY IF NOT EXISTS "things_by_word" ON "things" ("word");
--> statement-breakpoint
CREATE INDEX CONCURRENTLY IF NOT EXISTS "things_by_more" ON "things" ("more");`;
const contract = "-- contract since 0.1.0: nothing reads it\nALTER TABLE things DROP COLUMN more;";

const small = () => migrationsOf({ "0000_things": `${table}\n--> statement-breakpoint\n${fill}` });
const withColumn = () => migrationsOf({ "0000_things": table, "0001_more": column });
const withIndex = () =>
  migrationsOf({ "0000_things": table, "0001_more": column, "0002_indexes": index });
const quick = { lockMs: 200, pauseMs: 50 };

const hashes = async (sql: Sql) =>
  (await sql<{ hash: string }[]>`select hash from drizzle.__drizzle_migrations order by id`).map(
    ({ hash }) => hash,
  );
const indexes = async (sql: Sql) => [
  ...(await sql<{ name: string; valid: boolean }[]>`
    select indexrelid::regclass::text as name, indisvalid as valid from pg_index
    where indrelid = 'things'::regclass and not indisprimary order by 1 desc`),
];

test("what we keep of a migration is what Drizzle keeps, so that either can go on", async () => {
  const files = readMigrationFiles({ migrationsFolder });
  const ours = readMigrations();
  expect(ours.map(({ hash, when, statements }) => ({ hash, when, statements }))).toEqual(
    files.map(({ hash, folderMillis, sql }) => ({ hash, when: folderMillis, statements: sql })),
  );
  const { url, db, sql } = await emptyDatabase();
  await migrateDatabase(url);
  await migrate(db, { migrationsFolder });
  expect(await hashes(sql)).toEqual(ours.map(({ hash }) => hash));
});

test("many at once make it once", async () => {
  const { url, sql } = await emptyDatabase();
  const migrations = withIndex();
  await Promise.all([1, 2, 3].map(() => migrateDatabase(url, url, { migrations })));
  expect(await hashes(sql)).toEqual(migrations.map(({ hash }) => hash));
  expect(await indexes(sql)).toEqual([
    { name: "things_by_word", valid: true },
    { name: "things_by_more", valid: true },
  ]);
});

test("a migration that fails leaves nothing of itself, and all of those before it", async () => {
  const { url, sql } = await emptyDatabase();
  const [first] = small();
  const migrations = migrationsOf({
    "0000_things": `${table}\n--> statement-breakpoint\n${fill}`,
    "0001_broken": `${column}\n--> statement-breakpoint\nSELECT 1 / 0;`,
  });
  await expect(migrateDatabase(url, url, { migrations })).rejects.toThrow("division by zero");
  expect(await hashes(sql)).toEqual([first?.hash]);
  expect((await sql`select * from things limit 1`)[0]).not.toHaveProperty("more");
});

test("an index whose making was cut is made anew", async () => {
  const { url, sql } = await emptyDatabase();
  await migrateDatabase(url, url, { migrations: withColumn() });
  await sql`insert into things (word) values ('same'), ('same')`;
  // What a cut leaves behind: Postgres itself makes no other difference.
  await sql`create unique index concurrently things_by_word on things (word)`.catch(() => {});
  expect(await indexes(sql)).toEqual([{ name: "things_by_word", valid: false }]);
  await migrateDatabase(url, url, { migrations: withIndex() });
  expect((await indexes(sql)).map(({ valid }) => valid)).toEqual([true, true]);
  expect(await hashes(sql)).toHaveLength(3);
});

test("a long query holds up the migration alone, and who asks meanwhile is answered", async () => {
  const { url, sql } = await emptyDatabase();
  await migrateDatabase(url, url, { migrations: small() });
  const said: string[] = [];
  const { promise: letGo, resolve: finish } = Promise.withResolvers<void>();
  const { promise: begun, resolve: begins } = Promise.withResolvers<void>();
  const longQuery = sql.begin(async (tx) => {
    await tx`select * from things`;
    begins();
    await letGo;
  });
  await begun;
  const migrations = migrationsOf({
    "0000_things": `${table}\n--> statement-breakpoint\n${fill}`,
    "0001_more": column,
  });
  const say = (line: string) => said.push(line);
  const migrating = migrateDatabase(url, url, { migrations, say, ...quick, tries: 1_000 });
  await vi.waitFor(() => expect(said.length).toBeGreaterThan(1), 10_000);
  // As long as it stands in the queue for its lock, this would wait behind it.
  await sql`set statement_timeout = '2s'`;
  expect(await sql`select * from things limit 1`).toHaveLength(1);
  expect(said[0]).toMatch(/^0001_more waits: .*\n {2}process \d+ \(parasol, parasol\): a transac/);
  finish();
  await Promise.all([migrating, longQuery]);
  expect(await hashes(sql)).toHaveLength(2);
});

test("where the lock never comes free it gives up in words, and nothing was changed", async () => {
  const { url, sql } = await emptyDatabase();
  const migrations = withColumn();
  await migrateDatabase(url, url, { migrations: migrations.slice(0, 1) });
  const { promise: letGo, resolve: finish } = Promise.withResolvers<void>();
  const holding = sql.begin(async (tx) => {
    await tx`lock table things in access share mode`;
    const failed = await migrateDatabase(url, url, { migrations, ...quick, tries: 2 }).catch(
      (error: unknown) => error,
    );
    finish();
    return failed;
  });
  await letGo;
  const failed = await holding;
  expect(failed).toBeInstanceOf(SchemaError);
  expect(String(failed)).toMatch(/0001_more was not applied[\s\S]*pg_terminate_backend/);
  expect(await hashes(sql)).toHaveLength(1);
});

test("nobody waits inside Postgres for another process's turn", async () => {
  const { url, sql } = await emptyDatabase();
  const session = await sql.reserve();
  await session`select pg_advisory_lock(${locks.migration})`;
  const said: string[] = [];
  const migrating = migrateDatabase(url, url, {
    migrations: small(),
    say: (line) => said.push(line),
  });
  await vi.waitFor(() => expect(said).toEqual([expect.stringMatching(/^Another process/)]));
  expect(await sql`select from pg_locks where locktype = 'advisory' and not granted`).toEqual([]);
  await session`select pg_advisory_unlock(${locks.migration})`;
  session.release();
  await migrating;
});

test("a database of something else is left alone, and named without its password", async () => {
  const { url, sql } = await emptyDatabase();
  await sql`create table wp_posts (id int)`;
  const failed = await migrateDatabase(url).catch((error: unknown) => error);
  expect(failed).toBeInstanceOf(SchemaError);
  const { pathname, host, password } = new URL(url);
  expect(String(failed)).toContain(`The database ${pathname.slice(1)} at ${host} is of something`);
  expect(String(failed)).not.toContain(password);
  expect(await sql`select to_regclass('drizzle.__drizzle_migrations') as made`).toEqual([
    { made: null },
  ]);
  const other = await emptyDatabase();
  await migrateDatabase(other.url, other.url, { migrations: small() });
  await expect(migrateDatabase(other.url)).rejects.toThrow(/migrations are not those of this rel/);
});

test("the release before runs on a newer schema, and is told so", async () => {
  const { url, sql } = await emptyDatabase();
  const [before] = withColumn();
  await migrateDatabase(url, url, { migrations: withColumn() });
  const say = vi.fn<(line: string) => void>();
  await migrateDatabase(url, url, { migrations: before ? [before] : [], say });
  await requireSchema(sql, { migrations: before ? [before] : [], say });
  expect(say.mock.calls.flat()).toEqual([
    expect.stringContaining("of a newer release (2 migrations, this one has 1)"),
    expect.stringContaining("This one may still run on it"),
  ]);
});

test("after a contract step, releases that it left behind do not start", async () => {
  const { url, sql } = await emptyDatabase();
  // Release 0.1.0 had eight: here all that follow are as good as it.
  const texts = Object.fromEntries([
    ["0000_things", table],
    ["0001_more", column],
    ...[2, 3, 4, 5, 6, 7].map((n) => [`000${n}_t`, `CREATE TABLE t${n} (id int);`]),
    ["0008_gone", contract],
  ]);
  const migrations = migrationsOf(texts);
  expect(migrations.map(({ floor }) => floor)).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 8]);
  await migrateDatabase(url, url, { migrations });
  await requireSchema(sql, { migrations: migrations.slice(0, 8) });
  for (const run of [
    () => requireSchema(sql, { migrations: migrations.slice(0, 7) }),
    () => migrateDatabase(url, url, { migrations: migrations.slice(0, 7) }),
  ]) {
    await expect(run()).rejects.toThrow(SchemaError);
    await expect(run()).rejects.toThrow(
      /of a newer release[\s\S]*at least 8 migrations are needed/,
    );
  }
});

test("a restore makes the same of it, in the one transaction that it has", async () => {
  const { sql } = await emptyDatabase();
  const migrations = [...withIndex(), ...migrationsOf({ "0003_gone": contract })];
  await sql.begin((tx) => migrateOnly(4, tx as unknown as Sql, migrations));
  expect(await hashes(sql)).toEqual(migrations.map(({ hash }) => hash));
  expect(await indexes(sql)).toEqual([{ name: "things_by_word", valid: true }]);
  await expect(requireSchema(sql, { migrations: migrations.slice(0, 3) })).rejects.toThrow(
    "at least 8",
  );
});

test("an address that may not migrate says what is missing", async () => {
  const { sql } = await emptyDatabase();
  await expect(requireSchema(sql)).rejects.toThrow(/has no tables yet[\s\S]*up\/prepare\.ts/);
  const migrations = withColumn();
  await sql.begin((tx) => migrateOnly(1, tx as unknown as Sql, migrations));
  await expect(requireSchema(sql, { migrations })).rejects.toThrow("it had 1 of 2 migrations");
});

test("a contract that names no release of ours is no migration", () => {
  expect(() => migrationsOf({ "0000_gone": contract.replace("0.1.0", "9.9.9") })).toThrow(
    "names release 9.9.9",
  );
});
