import { randomBytes } from "node:crypto";
import type postgres from "postgres";
import { afterAll, inject } from "vitest";
import { type Connection, connect } from "#db/client.ts";
import { asAdmin } from "./as-admin.ts";

/** Makes empty databases for one test file; they are dropped after its last test. */
export function emptyDatabases(): () => Promise<Connection & { url: string }> {
  const made: { name: string; sql: postgres.Sql }[] = [];
  afterAll(async () => {
    for (const { name, sql } of made) {
      await sql.end({ timeout: 1 });
      await asAdmin((admin) => admin`drop database if exists ${admin(name)} with (force)`);
    }
  });
  return async () => {
    const name = `test_${randomBytes(6).toString("hex")}`;
    await asAdmin((admin) => admin`create database ${admin(name)}`);
    const url = new URL(inject("adminUrl"));
    url.pathname = name;
    const connection = connect(url.href, { max: 4 });
    made.push({ name, sql: connection.sql });
    return { ...connection, url: url.href };
  };
}
