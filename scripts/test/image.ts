import { cpSync, mkdirSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { parse as parseYaml } from "yaml";
import { root } from "../checkout.ts";
import { stopChild, whenGone } from "../engines/engine.ts";
import { freePort } from "../engines/free-port.ts";
import { buildStages, type Image } from "./image/build-stages.ts";
import { ignores, parseContainerfile } from "./image/containerfile.ts";
import { startInRoom, whyNoRoom } from "./image/room.ts";
import type { Tally } from "./tally.ts";

const folder = join(root, "deploy");
const read = (name: string) => readFileSync(join(folder, name), "utf8");

/**
 * The very steps of deploy/Containerfile, without an engine: in empty folders, from what
 * `.dockerignore` lets through, on this machine's programs in place of the base image. Then what it
 * serves is run as compose runs it: read-only, as a user who owns nothing.
 */
export async function runImage(_args: string[], temp: string): Promise<Tally> {
  const why = whyNoRoom();
  if (why !== null) {
    console.log(`The image's steps are not tried here: ${why}.`);
    return { passed: 0, failed: 0, skipped: 1 };
  }
  const context = join(temp, "context");
  copyContext(context);
  const stages = parseContainerfile(read("Containerfile"));
  const image = await buildStages(stages, context, join(temp, "stages"));
  const tally: Tally = { passed: 1, failed: 0, skipped: 0 };
  for (const [name, check] of checksOf(image)) {
    const problem = await check().catch((error: unknown) => String(error));
    console.log(`  ${problem === null ? "ok  " : "FAIL"} ${name}${problem ? `: ${problem}` : ""}`);
    if (problem === null) tally.passed += 1;
    else tally.failed += 1;
  }
  return tally;
}

/** What an engine would be handed: the checkout as it lies there, but for what is kept out. */
function copyContext(to: string): void {
  const isOut = ignores(read("Containerfile.dockerignore"));
  for (const name of readdirSync(root).filter((each) => !isOut(each))) {
    cpSync(join(root, name), join(to, name), {
      recursive: true,
      filter: (path) => !isOut(relative(root, path)),
    });
  }
}

/** Each says what is wrong; null when nothing is. */
function checksOf(image: Image): [string, () => Promise<string | null>][] {
  const tmpfs = tmpfsOfCompose();
  const [uid = "", gid = ""] = image.user.split(":");
  const data = `/data:mode=0700,uid=${uid},gid=${gid}`;
  for (const line of tmpfs)
    mkdirSync(join(image.room, line.split(":")[0] ?? ""), { recursive: true });
  const run = (command: readonly string[], env: Record<string, string> = {}) =>
    startInRoom({
      ...image,
      command,
      env: { ...image.env, ...env },
      readOnly: true,
      tmpfs: [...tmpfs, data],
    });
  const ends = async (command: readonly string[], env?: Record<string, string>) => {
    const child = run(command, env);
    await whenGone(child, () => "");
    return child.exitCode;
  };
  return [
    [
      "its data folder is for its user alone",
      async () => {
        const { uid: owner, mode } = statSync(join(image.room, "data"));
        return String(owner) === uid && (mode & 0o777) === 0o700
          ? null
          : `${owner} ${mode.toString(8)}`;
      },
    ],
    [
      "nothing of what it serves can be written by its user",
      async () => {
        const find = [
          "find",
          ".",
          "-not",
          "-type",
          "l",
          "-writable",
          "-not",
          "-path",
          "./.next/cache*",
        ];
        const code = await ends([
          "sh",
          "-c",
          `test -z "$(${find.join(" ")})" && ! touch x 2>/dev/null`,
        ]);
        return code === 0 ? null : "something can";
      },
    ],
    ["web answers, and its own health check says so", () => serves(run, ends, image)],
  ];
}

async function serves(
  run: (command: readonly string[], env: Record<string, string>) => ReturnType<typeof startInRoom>,
  ends: (command: readonly string[], env: Record<string, string>) => Promise<number | null>,
  { command, healthcheck }: Image,
): Promise<string | null> {
  const port = String(await freePort());
  // Neither engine is there: what is asked is whether the process is.
  const nowhere = { DATABASE_URL: "postgres://a:b@127.0.0.1:1/c", MEILI_URL: "http://127.0.0.1:1" };
  const env = { ...nowhere, MEILI_MASTER_KEY: "of-the-image-test", PORT: port };
  const web = run(command, env);
  try {
    const answer = await untilAnswer(`http://127.0.0.1:${port}/api/health`, () => web.exitCode);
    if (answer !== '{"status":"ok"}') return answer;
    const page = await fetch(`http://127.0.0.1:${port}/how-we-vet`);
    if (page.status !== 200 && page.status !== 503) return `a page answers ${page.status}`;
    const code = await ends(healthcheck, { PORT: port });
    if (code !== 0) return `the health check ends with ${code}`;
  } finally {
    await stopChild(web, "SIGTERM", 30_000);
  }
  return web.exitCode === 0 ? null : `it ended with ${web.exitCode ?? web.signalCode}`;
}

async function untilAnswer(url: string, exitCode: () => number | null): Promise<string> {
  for (let tries = 0; tries < 240 && exitCode() === null; tries += 1) {
    const answer = await fetch(url).catch(() => null);
    if (answer) return await answer.text();
    await pause(250);
  }
  return "it does not answer";
}

function tmpfsOfCompose(): string[] {
  const served = parseYaml(read("compose.yaml"), { merge: true })["x-served"];
  return served.tmpfs;
}
