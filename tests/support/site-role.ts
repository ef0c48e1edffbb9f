import { randomBytes } from "node:crypto";
import { afterAll, beforeAll } from "vitest";
import { type Connection, connect } from "#db/client.ts";
import { migrateDatabase } from "#db/migrate.ts";
import type { TestDatabase } from "./test-database.ts";

/** The test file's database for a role such as site and worker have; call it after `testDatabase`. */
export function siteRole(database: TestDatabase): TestDatabase & { role: string } {
  const role = `site_${randomBytes(6).toString("hex")}`;
  const made: Partial<Connection> & { url?: string } = {};
  beforeAll(async () => {
    await database.sql.unsafe(`create role ${role} login password 'of-the-tests'`);
    const url = new URL(database.url);
    Object.assign(url, { username: role, password: "of-the-tests" });
    await migrateDatabase(database.url, url.href);
    Object.assign(made, connect(url.href), { url: url.href });
  });
  afterAll(async () => {
    await made.sql?.end({ timeout: 1 });
    await database.sql.unsafe(`drop owned by ${role}; drop role ${role}`);
  });
  return Object.assign(made, { role }) as TestDatabase & { role: string };
}
