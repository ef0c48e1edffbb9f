import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { afterEach, expect, test } from "vitest";
import { faultyProxy } from "../../tests/support/faulty-proxy.ts";
import { testDatabase } from "../../tests/support/test-database.ts";
import { root } from "../checkout.ts";

const database = testDatabase();
const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

function prepare(url: URL) {
  return spawn(process.execPath, ["scripts/up/prepare.ts"], {
    cwd: root,
    env: { ...process.env, DATABASE_URL: url.href },
    stdio: ["ignore", "pipe", "pipe"],
  });
}

test("a Postgres that is not there yet is waited for, and prepared when it is", async () => {
  const proxy = await faultyProxy(new URL(database.url));
  closers.push(proxy.close);
  await proxy.become("gone");
  const url = new URL(database.url);
  url.port = String(proxy.port);
  const child = prepare(url);
  const ended = once(child, "exit");
  // The words of the first try, and not before, bring Postgres back.
  const [words] = await once(child.stderr.setEncoding("utf8"), "data");
  expect(words).toContain(`Postgres at ${url.host}: nothing listens there.`);
  await proxy.become("well");
  expect(await ended).toEqual([0, null]);
}, 60_000);

test("one that refuses the password is said at once, and is not asked again", async () => {
  const url = new URL(database.url);
  url.password = "another";
  const child = prepare(url);
  const [words, [code]] = await Promise.all([text(child.stderr), once(child, "exit")]);
  expect(code).toBe(1);
  expect(words).toContain("it refuses the password");
  expect(words).not.toContain("another");
}, 60_000);
