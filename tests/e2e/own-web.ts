import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { type IncomingHttpHeaders, request } from "node:http";
import { createServer } from "node:net";
import { join } from "node:path";

/** A web process of a test's own: the same build and data as the site's, in another setting. */
export type OwnWeb = { port: number; pid: number; stop: () => Promise<void> };
export type Answer = { status: number; headers: IncomingHttpHeaders; body: string };

/** Only beside a site whose data folder is known, as `npm test -- e2e` has it. */
export const dataDir = process.env.PARASOL_DATA_DIR ?? "";

/**
 * @param setting its environment, by the port that it gets
 * @param words where what it says goes: an open file, or our own terminal
 */
export async function startWeb(
  setting: (port: number) => Record<string, string>,
  { words = "inherit" }: { words?: "inherit" | number } = {},
): Promise<OwnWeb> {
  const port = await freePort();
  const read = (name: string) => readFileSync(join(dataDir, name), "utf8").trim();
  const { databaseUrl, meiliUrl } = JSON.parse(read("up.json"));
  const web = spawn(process.execPath, ["scripts/web.ts"], {
    env: {
      ...process.env,
      NODE_ENV: "production",
      NEXT_TELEMETRY_DISABLED: "1",
      HOST: "127.0.0.1",
      PORT: String(port),
      DATA_DIR: dataDir,
      DATABASE_URL: databaseUrl,
      MEILI_URL: meiliUrl,
      MEILI_MASTER_KEY: read("meilisearch.key"),
      MASTER_KEY: read("master.key"),
      AUTH_SECRET: read("auth.secret"),
      DEMO: "1",
      ...setting(port),
    },
    stdio: ["ignore", words, words, "ipc"],
  });
  const gone = once(web, "exit");
  const first = await Promise.race([once(web, "message"), gone.then(() => null)]);
  if (first === null) throw new Error("the web process did not start; its words are above");
  const stop = async () => {
    web.kill("SIGTERM");
    await gone;
  };
  return { port, pid: web.pid ?? 0, stop };
}

/** Asks a web process as if it stood behind a proxy: with the host that a browser would name. */
export function ask(
  { port }: OwnWeb,
  host: string,
  path: string,
  { method = "GET", headers = {} }: { method?: string; headers?: Record<string, string> } = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const options = { port, path, method, headers: { host, ...headers }, agent: false };
    const asked = request(options, (answer) => {
      let body = "";
      answer.setEncoding("utf8");
      answer.on("data", (piece) => {
        body += piece;
      });
      answer.on("end", () => {
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body });
      });
    });
    asked.on("error", reject);
    asked.end();
  });
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  return typeof address === "object" && address ? address.port : 0;
}
