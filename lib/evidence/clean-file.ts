import { spawn } from "node:child_process";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { z } from "zod";
import type { PhotoFile } from "./crop-photo.ts";
import {
  type DocumentType,
  documentTypes,
  evidenceLimits,
  FileError,
  fileProblems,
} from "./rules.ts";

const AT_ONCE = 2;
const WAITING = 8;

/** `memoryKb` is what the process may write to; a picture of 50 million pixels needs 800 000. */
const limits = { milliseconds: 20_000, memoryKb: 1_200_000 } as const;
export type Limits = { milliseconds: number; memoryKb: number };

export type CleanDocument = { mediaType: DocumentType; pages: number | null; bytes: Buffer };

/**
 * What a file shows, drawn anew by a process of its own: the bytes that came in never go further.
 * @throws FileError
 */
export async function cleanDocument(
  raw: Uint8Array,
  within: Limits = limits,
): Promise<CleanDocument> {
  const [document] = await clean("document", raw, documentFacts, within);
  if (!document) throw new FileError("broken");
  return document;
}

/** The same for a portrait, in all its public sizes. @throws FileError */
export function cleanPhoto(raw: Uint8Array): Promise<PhotoFile[]> {
  return clean("photo", raw, photoFacts, limits);
}

/** The pages of a cleaned PDF as JPEG pictures, for people who look at it. @throws FileError */
export async function pictureOfPages(pdf: Uint8Array): Promise<Buffer[]> {
  const pages = await ask("pages", pdf, z.object({ length }), limits);
  return pages.map(({ bytes }) => bytes);
}

const length = z.int().min(1).max(20_000_000);
const documentFacts = z.object({
  mediaType: z.enum(documentTypes),
  pages: z.int().min(1).max(evidenceLimits.pages).nullable(),
  length,
});
const photoFacts = z.object({
  size: z.union([z.literal(192), z.literal(640)]),
  format: z.enum(["avif", "webp", "jpg"]),
  length,
});

async function clean<F extends { length: number }>(
  mode: Mode,
  raw: Uint8Array,
  facts: z.ZodType<F>,
  within: Limits,
): Promise<File<F>[]> {
  if (raw.length === 0) throw new FileError("empty");
  if (raw.length > evidenceLimits.fileBytes) throw new FileError("too-large");
  return ask(mode, raw, facts, within);
}

type Mode = "document" | "photo" | "pages";
type File<F> = Omit<F, "length"> & { bytes: Buffer };

async function ask<F extends { length: number }>(
  mode: Mode,
  raw: Uint8Array,
  facts: z.ZodType<F>,
  within: Limits,
): Promise<File<F>[]> {
  const answer = await inTurn(() => run(mode, raw, within));
  const lineEnd = answer.indexOf("\n");
  if (lineEnd < 0) throw new FileError("broken");
  const head = headOf(facts).parse(JSON.parse(answer.toString("utf8", 0, lineEnd)));
  if ("problem" in head) throw new FileError(head.problem);
  let at = lineEnd + 1;
  return head.files.map(({ length: size, ...file }) => {
    const bytes = answer.subarray(at, at + size);
    at += size;
    if (bytes.length !== size) throw new FileError("broken");
    return { ...file, bytes };
  });
}

function headOf<F>(facts: z.ZodType<F>) {
  return z.union([
    z.object({ problem: z.enum(fileProblems) }),
    z.object({ files: z.array(facts).max(evidenceLimits.pages) }),
  ]);
}

/** The answer of the process, as it wrote it; empty when it fell over. */
async function run(mode: Mode, raw: Uint8Array, within: Limits): Promise<Buffer> {
  const root = process.cwd();
  const may = [
    join(root, "lib", "evidence"),
    join(root, "node_modules"),
    join(root, "package.json"),
  ];
  // Nothing of ours is in reach: no key in the environment, no file but code, nothing to write to.
  const node = [
    process.execPath,
    "--permission",
    "--allow-addons",
    ...may.map((path) => `--allow-fs-read=${path}`),
    "--max-old-space-size=512",
    join(root, "lib", "evidence", "clean-file-process.ts"),
    mode,
  ];
  const limited = `ulimit -d ${within.memoryKb} 2>/dev/null; exec "$@"`;
  const child = spawn("/bin/sh", ["-c", limited, "sh", ...node], {
    cwd: root,
    env: { PATH: process.env.PATH, MALLOC_ARENA_MAX: "2", NODE_ENV: "production" },
    stdio: ["pipe", "pipe", "ignore"],
  });
  let late = false;
  const end = setTimeout(() => {
    late = true;
    child.kill("SIGKILL");
  }, within.milliseconds);
  // It may give up before it has read all; what it said is what counts.
  child.stdin.on("error", () => {});
  child.stdin.end(raw);
  try {
    const gone = new Promise((done, fail) => child.once("close", done).once("error", fail));
    const [answer] = await Promise.all([buffer(child.stdout), gone]);
    if (late) throw new FileError("took-too-long");
    return answer;
  } finally {
    clearTimeout(end);
  }
}

/** All routes of a process share one line, wherever a bundler put this module. */
const line = globalThis as { parasolCleaning?: { running: number; next: (() => void)[] } };

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  line.parasolCleaning ??= { running: 0, next: [] };
  const { next } = line.parasolCleaning;
  if (line.parasolCleaning.running >= AT_ONCE) {
    if (next.length >= WAITING) throw new FileError("took-too-long");
    await new Promise<void>((go) => next.push(go));
  } else line.parasolCleaning.running += 1;
  try {
    return await work();
  } finally {
    const waiting = next.shift();
    // Whoever waited longest takes over the place; the number of running ones stays.
    if (waiting) waiting();
    else line.parasolCleaning.running -= 1;
  }
}
