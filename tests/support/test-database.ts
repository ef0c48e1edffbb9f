import { randomBytes } from "node:crypto";
import postgres from "postgres";
import { afterAll, beforeAll, inject } from "vitest";
import { type Connection, connect } from "#db/client.ts";

export interface TestDatabase extends Connection {
  url: string;
}

/**
 * Gives the test file an empty, migrated database of its own; call it once at the top of the file.
 * What it returns can be used inside tests and hooks; the database is dropped after the last one.
 */
export function testDatabase(): TestDatabase {
  const name = `test_${randomBytes(6).toString("hex")}`;
  const made: Partial<TestDatabase> = {};
  beforeAll(async () => {
    await asAdmin(
      (sql) => sql`create database ${sql(name)} template ${sql(inject("templateName"))}`,
    );
    const url = new URL(inject("adminUrl"));
    url.pathname = name;
    Object.assign(made, connect(url.href), { url: url.href });
  });
  afterAll(async () => {
    await made.sql?.end({ timeout: 1 });
    await asAdmin((sql) => sql`drop database if exists ${sql(name)} with (force)`);
  });
  return made as TestDatabase;
}

async function asAdmin(run: (sql: postgres.Sql) => PromiseLike<unknown>): Promise<void> {
  const sql = postgres(inject("adminUrl"), { max: 1, onnotice: () => {} });
  try {
    await run(sql);
  } finally {
    await sql.end();
  }
}
