import { type ChildProcess, spawn } from "node:child_process";
import { delimiter, join } from "node:path";
import { root } from "../checkout.ts";
import { stopChild, whenGone } from "../engines/engine.ts";

const running = new Set<ChildProcess>();
const bin = join(root, "node_modules", ".bin");

/** What a person has set for a site of theirs must not reach into the tests. */
const personal =
  /^(PORT|HOST|DATA_DIR|SITE_URL|STAFF_URL|SITE_NAME|EXIT_URL|DATABASE_.*|MIGRATION_DATABASE_URL|MEILI_.*|SMTP_URL|MAIL_FROM|AUTH_SECRET|MASTER_KEY(_NEXT|_BEFORE)?|EVIDENCE_STORE|S3_.*|BACKUP_.*|METRICS_.*|LOG_LEVEL|DEMO)$/;

function testEnvironment(extra: Record<string, string> = {}): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !personal.test(name));
  const env: Record<string, string | undefined> = {
    ...Object.fromEntries(kept),
    NEXT_TELEMETRY_DISABLED: "1",
    PATH: [bin, process.env.PATH].join(delimiter),
    ...extra,
  };
  return env as NodeJS.ProcessEnv;
}

/** A command in front of ours, which ends by becoming it, such as `nsenter -t 1 -n`. */
export type Through = readonly string[];

/**
 * Runs a tool of node_modules with our terminal.
 * @param tree another checkout than ours, with node_modules of its own
 * @returns its exit code
 */
export async function runTool(
  name: string,
  args: string[],
  extra: Record<string, string> = {},
  through: Through = [],
  tree = root,
): Promise<number> {
  const tool = join(tree, "node_modules", ".bin", name);
  const [command = "", ...rest] = [...through, tool, ...args];
  return follow(spawn(command, rest, { ...options(extra), cwd: tree }));
}

/** The same for a command of the machine. */
export async function runCommand(name: string, args: string[]): Promise<number> {
  return follow(spawn(name, args, options({})));
}

/**
 * A script of ours, to be stopped by the caller.
 * @param words a file for what it says; `tree`: another checkout than ours
 */
export function startScript(
  path: string,
  extra: Record<string, string>,
  { through = [], words = "inherit", tree = root }: Started = {},
): ChildProcess {
  const [command = "", ...args] = [...through, process.execPath, join(tree, path)];
  const stdio = ["ignore", words, words, "ipc"] as const;
  const child = spawn(command, args, { ...options(extra), cwd: tree, stdio: [...stdio] });
  running.add(child);
  return child;
}

type Started = { through?: Through; words?: "inherit" | number; tree?: string };

export async function stopTools(): Promise<void> {
  await Promise.all([...running].map((child) => stopChild(child, "SIGTERM", 30_000)));
}

async function follow(child: ChildProcess): Promise<number> {
  running.add(child);
  await whenGone(child, () => "");
  running.delete(child);
  return child.exitCode ?? 1;
}

function options(extra: Record<string, string>) {
  const stdio: ("ignore" | "inherit")[] = ["ignore", "inherit", "inherit"];
  return { cwd: root, env: testEnvironment(extra), stdio };
}
