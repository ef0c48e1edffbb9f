import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, statSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { root } from "../../checkout.ts";
import { whenGone } from "../../engines/engine.ts";
import { parseCommand, parseCopy, parseEnv, type Stage } from "./containerfile.ts";
import { makeRoom, registryEnv, startInRoom } from "./room.ts";

/** What an image comes to: a folder that is `/`, and how it is run. */
export type Image = {
  room: string;
  cwd: string;
  env: Record<string, string>;
  user: string;
  command: readonly string[];
  healthcheck: readonly string[];
};

const node = join(root, "node_modules/node/bin/node");

/**
 * Does the steps of each stage in a folder of its own. @returns the last one
 * @throws naming the step that did not end well
 */
export async function buildStages(
  stages: readonly Stage[],
  context: string,
  home: string,
): Promise<Image> {
  const built = new Map<string, Image>();
  let last: Image | undefined;
  for (const [at, { name, from, steps }] of stages.entries()) {
    const room = join(home, name ?? `stage-${at}`);
    const base = built.get(from);
    const image = base ? { ...base, env: { ...base.env }, room } : emptyImage(room);
    mkdirSync(home, { recursive: true });
    if (base) copyRoom(base.room, room);
    else {
      mkdirSync(room);
      makeRoom(room, node);
    }
    for (const { word, rest } of steps) {
      console.log(`  ${name ?? "the last stage"}: ${word} ${rest.slice(0, 70)}`);
      await act(word, rest, image, (stage) => sourceOf(stage, context, built));
    }
    if (name) built.set(name, image);
    last = image;
  }
  if (!last) throw new Error("there is no stage");
  return last;
}

function emptyImage(room: string): Image {
  return { room, cwd: "/", env: {}, user: "0:0", command: [], healthcheck: [] };
}

/** Hard links, as an engine shares layers: steps take files away and make new ones. */
function copyRoom(from: string, to: string): void {
  const { status, stderr } = spawnSync("cp", ["-al", from, to], { encoding: "utf8" });
  if (status !== 0) throw new Error(`cp: ${stderr}`);
}

function sourceOf(stage: string | null, context: string, built: Map<string, Image>): string {
  if (stage === null) return context;
  const image = built.get(stage);
  if (!image) throw new Error(`there is no stage ${stage} yet`);
  return image.room;
}

async function act(
  word: string,
  rest: string,
  image: Image,
  source: (stage: string | null) => string,
): Promise<void> {
  if (word === "ENV") Object.assign(image.env, parseEnv(rest));
  else if (word === "USER") image.user = rest;
  else if (word === "CMD") image.command = parseCommand(rest);
  else if (word === "HEALTHCHECK") image.healthcheck = parseCommand(rest);
  else if (word === "COPY") copy(rest, image, source);
  else if (word === "RUN") await runStep(rest, image);
  else if (word === "WORKDIR") {
    image.cwd = rest;
    mkdirSync(join(image.room, rest), { recursive: true });
  } else if (word === "STOPSIGNAL" && rest !== "SIGTERM") throw new Error(`no signal: ${rest}`);
}

function copy(rest: string, { room, cwd }: Image, source: (stage: string | null) => string): void {
  const { from, sources, to } = parseCopy(rest);
  const top = source(from);
  const into = join(room, resolve(cwd, to));
  for (const each of sources) {
    const path = join(top, from === null ? each : resolve("/", each));
    if (!existsSync(path)) throw new Error(`COPY ${rest}: there is no ${each}`);
    // Of a folder what is in it, of a file itself.
    const isFile = statSync(path).isFile();
    const end = isFile && to.endsWith("/") ? join(into, basename(path)) : into;
    cpSync(path, end, { recursive: true, verbatimSymlinks: true, force: true });
  }
}

async function runStep(rest: string, image: Image): Promise<void> {
  const child = startInRoom({
    ...image,
    command: ["/bin/sh", "-ec", rest],
    env: { HOME: "/root", ...registryEnv(), ...image.env },
    tmpfs: ["/tmp:mode=1777"],
  });
  await whenGone(child, () => "");
  if (child.exitCode !== 0) throw new Error(`RUN ${rest}: it ended with ${child.exitCode}`);
}
