import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Whether Debian's `age` is on this machine. */
export const hasAge = spawnSync("age", ["--version"]).status === 0;

/** Runs `age-keygen -y`: the recipient of an identity, by a program that is not ours. */
export function recipientBy(identity: string): string {
  return run("age-keygen", ["-y"], identity).toString().trim();
}

/** Seals with `age`, to recipients; `-a` for armour. */
export function ageSeals(plaintext: Uint8Array | string, ...options: string[]): Buffer {
  return run("age", options, plaintext);
}

/** Opens with `age` and an identity; armoured or not. */
export function ageOpens(file: Uint8Array | string, identity: string): Buffer {
  return inFolder((path) => {
    writeFileSync(path("key"), identity);
    return run("age", ["-d", "-i", path("key")], file);
  });
}

/** Seals by passphrase, in armour. `age` asks a terminal for it, so it gets one from `script`. */
export async function ageWraps(plaintext: string, passphrase: string): Promise<string> {
  return inFolder(async (path) => {
    writeFileSync(path("in"), plaintext);
    await atTerminal(`age -p -a -o ${path("out")} ${path("in")}`, passphrase);
    return readFileSync(path("out"), "utf8");
  });
}

/** Opens by passphrase. */
export async function ageUnwraps(wrapped: string, passphrase: string): Promise<string> {
  return inFolder(async (path) => {
    writeFileSync(path("in"), wrapped);
    await atTerminal(`age -d -o ${path("out")} ${path("in")}`, passphrase);
    return readFileSync(path("out"), "utf8");
  });
}

function run(program: string, options: string[], input: Uint8Array | string): Buffer {
  const { status, stdout, stderr } = spawnSync(program, options, { input });
  if (status !== 0) throw new Error(`${program}: ${stderr}`);
  return stdout;
}

/** Types the passphrase as often as it is asked for. */
function atTerminal(command: string, passphrase: string): Promise<void> {
  return new Promise((done, fail) => {
    const terminal = spawn("script", ["-qec", command, "/dev/null"]);
    let seen = "";
    let typed = 0;
    terminal.stdout.on("data", (chunk: Buffer) => {
      seen += chunk;
      const asked = seen.match(/passphrase[^:]*: /gi)?.length ?? 0;
      for (; typed < asked; typed++) terminal.stdin.write(`${passphrase}\n`);
    });
    terminal.on("error", fail);
    terminal.on("exit", (code) => (code === 0 ? done() : fail(new Error(`age: ${seen}`))));
  });
}

function inFolder<T>(work: (path: (name: string) => string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), "parasol-age-"));
  const clear = () => rmSync(folder, { recursive: true });
  try {
    const result = work((name) => join(folder, name));
    if (result instanceof Promise) return result.finally(clear) as T;
    clear();
    return result;
  } catch (error) {
    clear();
    throw error;
  }
}
