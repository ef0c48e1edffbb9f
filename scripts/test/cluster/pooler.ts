import { chmodSync, chownSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { unprivilegedUser } from "../../engines/unprivileged.ts";
import { type Alive, keepAlive, type Running } from "../../keep-alive.ts";
import { startProgram } from "./machine-program.ts";
import { writePrivate, writeSample } from "./sample.ts";

/** PgBouncer before Postgres, by the sample for operators. @param databaseUrl of the site's role */
export async function startPooler(
  home: string,
  { port, databaseUrl }: { port: number; databaseUrl: string },
): Promise<{ url: string; kept: Alive<Running> }> {
  const url = new URL(databaseUrl);
  const user = unprivilegedUser();
  const folder = join(home, "pooler");
  mkdirSync(folder, { mode: 0o700 });
  chmodSync(folder, 0o700);
  if (user) chownSync(folder, user.uid, user.gid);
  const [settings, people] = [join(folder, "pgbouncer.ini"), join(folder, "userlist.txt")];
  writePrivate(people, `"${url.username}" "${url.password}"\n`, user);
  writeSample(
    "pgbouncer.ini",
    [
      ["port=5432", `port=${url.port}`],
      ["listen_port = 6432", `listen_port = ${port}`],
      ["/etc/pgbouncer/userlist.txt", people],
    ],
    { to: settings, user },
  );
  const start = () => startProgram(["pgbouncer", settings], { port, user });
  const kept = await keepAlive("PgBouncer", start, { say: console.log });
  return { url: Object.assign(url, { port: String(port) }).href, kept };
}
