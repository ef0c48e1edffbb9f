import { chmodSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { SetupError } from "#lib/errors.ts";
import { root } from "../../checkout.ts";
import { type Alive, keepAlive, type Running } from "../../keep-alive.ts";
import { startProgram } from "./machine-program.ts";

const sample = join(root, "deploy", "nginx.conf");

/** nginx by the sample for operators, with our ports in the place of its own. */
export async function startProxy(
  home: string,
  { port, webs }: { port: number; webs: readonly number[] },
): Promise<Alive<Running>> {
  const path = join(home, "nginx.conf");
  const changes: [string, string][] = [
    ["/run/nginx.pid", join(home, "nginx.pid")],
    ["127.0.0.1:8080", `127.0.0.1:${port}`],
    ...webs.map((web, at): [string, string] => [`127.0.0.1:${3001 + at} `, `127.0.0.1:${web} `]),
  ];
  writeFileSync(path, changes.reduce(replaceOne, readFileSync(sample, "utf8")));
  chmodSync(path, 0o644);
  const command = ["nginx", "-c", path, "-g", "daemon off;"];
  return keepAlive("nginx", () => startProgram(command, { port }), { say: console.log });
}

function replaceOne(text: string, [old, now]: [string, string]): string {
  if (text.split(old).length === 2) return text.replace(old, now);
  throw new SetupError(`${sample} should say “${old}” once; the proof puts its own there.`);
}
