import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chmodSync, chownSync, existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { lastWords, stopChild } from "../../scripts/engines/engine.ts";
import { freePort } from "../../scripts/engines/free-port.ts";
import { unprivilegedUser } from "../../scripts/engines/unprivileged.ts";

const program = ["/usr/sbin/pgbouncer", "/usr/bin/pgbouncer"].find((path) => existsSync(path));

/** Null where no test can have one; else how this one is called. */
export const poolerVersion = program
  ? (spawnSync(program, ["--version"], { encoding: "utf8" }).stdout.split("\n")[0] ?? "")
  : null;

export interface Pooler {
  /** The same database and role, through the pooler. */
  urlOf: (databaseUrl: string) => string;
  stop: () => Promise<void>;
}

/**
 * Starts a real PgBouncer in transaction mode before a Postgres on this machine.
 * @param urls who may come: each address with its role and password
 * @param connections to Postgres, for each role and database
 */
export async function startPooler(urls: readonly string[], connections: number): Promise<Pooler> {
  if (!program) throw new Error("there is no PgBouncer");
  const folder = mkdtempSync(join(tmpdir(), "parasol-pooler-"));
  const user = unprivilegedUser();
  const { port: databasePort } = new URL(urls[0] ?? "");
  const port = await freePort();
  const known = urls.map((url) => new URL(url));
  const people = known.map(({ username, password }) => `"${username}" "${password}"`).join("\n");
  const settings = `[databases]
* = host=127.0.0.1 port=${databasePort}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = scram-sha-256
auth_file = ${join(folder, "people.txt")}
pool_mode = transaction
default_pool_size = ${connections}
max_client_conn = 300
query_wait_timeout = 10
`;
  writeFileSync(join(folder, "people.txt"), people);
  writeFileSync(join(folder, "pgbouncer.ini"), settings);
  for (const path of [folder, join(folder, "people.txt"), join(folder, "pgbouncer.ini")]) {
    chmodSync(path, path === folder ? 0o700 : 0o600);
    if (user) chownSync(path, user.uid, user.gid);
  }
  const child = spawn(program, [join(folder, "pgbouncer.ini")], {
    cwd: "/",
    stdio: ["ignore", "pipe", "pipe"],
    ...user,
  });
  const words = lastWords(child);
  while (!(await answers(port))) {
    if (child.exitCode !== null) throw new Error(`PgBouncer does not start: ${words()}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return {
    urlOf: (databaseUrl) => Object.assign(new URL(databaseUrl), { port: String(port) }).href,
    stop: async () => {
      await stopChild(child, "SIGTERM", 5_000);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function answers(port: number): Promise<boolean> {
  const socket = connect(port, "127.0.0.1");
  const outcome = await Promise.race([
    once(socket, "connect").then(() => true),
    once(socket, "error").then(() => false),
  ]).catch(() => false);
  socket.destroy();
  return outcome;
}
