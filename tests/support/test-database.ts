import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, inject } from "vitest";
import { type Connection, connect } from "#db/client.ts";
import { asAdmin } from "./as-admin.ts";

export interface TestDatabase extends Connection {
  url: string;
}

/**
 * Gives the test file an empty, migrated database of its own; call it once at the top of the file.
 * What it returns can be used inside tests and hooks; the database is dropped after the last one.
 */
export function testDatabase(): TestDatabase {
  const made: Partial<TestDatabase & { drop: () => Promise<void> }> = {};
  beforeAll(async () => {
    Object.assign(made, await makeDatabase());
  });
  afterAll(() => made.drop?.());
  return made as TestDatabase;
}

/**
 * Makes a database as another one is, to which nobody may be connected meanwhile.
 * @param template the name of the other one; by itself that with our empty tables
 */
export async function makeDatabase(
  template: string = inject("templateName"),
): Promise<TestDatabase & { name: string; drop: () => Promise<void> }> {
  const name = `test_${randomBytes(6).toString("hex")}`;
  await asAdmin((sql) => sql`create database ${sql(name)} template ${sql(template)}`);
  const url = new URL(inject("adminUrl"));
  url.pathname = name;
  const connection = connect(url.href);
  const drop = async () => {
    await connection.sql.end({ timeout: 1 });
    await asAdmin((sql) => sql`drop database if exists ${sql(name)} with (force)`);
  };
  return { ...connection, url: url.href, name, drop };
}
