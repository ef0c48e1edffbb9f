import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { build } from "esbuild";
import { afterAll, beforeAll } from "vitest";
import { root } from "../../scripts/checkout.ts";
import type { Order } from "./commands.ts";
import { type Cutter, mailAnswers, postgresAnswers, strikingProxy } from "./striking-proxy.ts";

/** Where a process is killed: after an answer of an engine, or at a step on files. */
export type Blow =
  | { after: "statement" | "mail reply"; at: number }
  | { at: number; below: string; by: "SIGKILL" | "ENOSPC" };

export type Ended = { killed: boolean; said: string | null };

/** Processes that can be struck; call it once at the top of the file. Bundled, they start fast. */
export function struckProcesses() {
  let folder = "";
  beforeAll(async () => {
    // Among the packages, so that what is not bundled is found.
    folder = await mkdtemp(join(root, "node_modules", ".strikes-"));
    await build({
      absWorkingDir: root,
      entryPoints: ["tests/strikes/struck.ts"],
      outdir: folder,
      outExtension: { ".js": ".mjs" },
      bundle: true,
      splitting: true,
      platform: "node",
      format: "esm",
      target: "node24",
      external: ["sharp", "mupdf", "graphile-worker"],
      banner: {
        js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);',
      },
    });
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));
  return {
    /** Carries out an order, and is struck on the way, unless it ends before. */
    run: (order: Order, databaseUrl: string, blow: Blow) =>
      run(join(folder, "struck.mjs"), order, { databaseUrl, blow }),
  };
}

async function run(
  script: string,
  order: Order,
  { databaseUrl, blow }: { databaseUrl: string; blow: Blow },
): Promise<Ended> {
  const started: { child?: ChildProcess } = {};
  const way = await wayTo(order, databaseUrl, blow, () => started.child?.kill("SIGKILL"));
  const child = fork(script, [JSON.stringify(way.order)], {
    cwd: root,
    env: { ...kept(), DATABASE_URL: way.databaseUrl, ...planted(blow) },
    execArgv: "below" in blow ? [`--import=${join(root, "tests/strikes/struck-store.ts")}`] : [],
  });
  started.child = child;
  let said: string | null = null;
  child.on("message", (word) => {
    said = String(word);
  });
  const [code, signal] = await once(child, "exit");
  await way.close();
  const killed = signal === "SIGKILL";
  if (!killed && said === null) throw new Error(`the process ended with ${code ?? signal}`);
  return { killed, said };
}

/** With the proxy between the process and what it is struck at. */
async function wayTo(order: Order, databaseUrl: string, blow: Blow, kill: () => void) {
  if ("below" in blow) return { order, databaseUrl, close: async () => {} };
  const ofMail = blow.after === "mail reply";
  const through = async (engine: string, cutter: Cutter) => {
    const url = new URL(engine);
    const { port, close } = await strikingProxy(new URL(url), cutter, { at: blow.at, kill });
    url.port = String(port);
    return { url: url.href, close };
  };
  if (!ofMail) {
    const { url, close } = await through(databaseUrl, postgresAnswers);
    return { order, databaseUrl: url, close };
  }
  if (order.name !== "work") throw new Error("only jobs send mails");
  const { url, close } = await through(order.given.smtpUrl ?? "", mailAnswers);
  return { order: { ...order, given: { ...order.given, smtpUrl: url } }, databaseUrl, close };
}

function kept(): NodeJS.ProcessEnv {
  const { AUTH_SECRET, MASTER_KEY, SITE_URL, PATH, NODE_ENV } = process.env;
  return { AUTH_SECRET, MASTER_KEY, SITE_URL, PATH, NODE_ENV };
}

function planted(blow: Blow): Record<string, string> {
  if (!("below" in blow)) return {};
  return { STRIKE_BELOW: blow.below, STRIKE_AT: String(blow.at), STRIKE_BY: blow.by };
}
