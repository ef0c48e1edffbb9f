import { join } from "node:path";
import { type Alive, keepAlive, type Running } from "../../keep-alive.ts";
import { startProgram } from "./machine-program.ts";
import { writeSample } from "./sample.ts";

/** nginx before the web processes, by the sample for operators. */
export async function startProxy(
  home: string,
  { port, webs }: { port: number; webs: readonly number[] },
): Promise<Alive<Running>> {
  const path = join(home, "nginx.conf");
  writeSample(
    "nginx.conf",
    [
      ["/run/nginx.pid", join(home, "nginx.pid")],
      ["127.0.0.1:8080", `127.0.0.1:${port}`],
      ...webs.map((web, at): [string, string] => [`127.0.0.1:${3001 + at} `, `127.0.0.1:${web} `]),
    ],
    { to: path },
  );
  const command = ["nginx", "-c", path, "-g", "daemon off;"];
  return keepAlive("nginx", () => startProgram(command, { port }), { say: console.log });
}
