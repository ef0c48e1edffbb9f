import { buffer } from "node:stream/consumers";
import { fileTypeFromBuffer } from "file-type";
import sharp from "sharp";
import { cleanPdf } from "./clean-pdf.ts";
import { cleanPicture } from "./clean-picture.ts";
import { cropPhoto } from "./crop-photo.ts";
import { drawPages } from "./draw-pages.ts";
import { FileError } from "./rules.ts";

// Runs alone with one file that nobody trusts: reads it from stdin, and writes a line of JSON and
// the cleaned bytes. Started by clean-file.ts with nothing of ours in its environment.

sharp.cache(false);
sharp.concurrency(1);

try {
  const raw = await buffer(process.stdin);
  const answer = { photo: answerPhoto, pages: answerPages, document: answerDocument };
  await answer[process.argv[2] as keyof typeof answer](raw);
} catch (error) {
  // A parser that gives up on a file is the file's fault here: nothing else can happen.
  await write({ problem: error instanceof FileError ? error.code : "broken" });
}

async function answerDocument(raw: Buffer): Promise<void> {
  const type = (await fileTypeFromBuffer(raw))?.mime;
  if (type === "application/pdf") {
    const { bytes, ...facts } = cleanPdf(raw);
    return write({ files: [{ ...facts, length: bytes.length }] }, bytes);
  }
  if (type !== "image/jpeg" && type !== "image/png") throw new FileError("not-a-document");
  const { bytes, mediaType } = await cleanPicture(raw, type);
  await write({ files: [{ mediaType, pages: null, length: bytes.length }] }, bytes);
}

async function answerPhoto(raw: Buffer): Promise<void> {
  const type = (await fileTypeFromBuffer(raw))?.mime;
  if (type !== "image/jpeg" && type !== "image/png") throw new FileError("not-a-document");
  const photos = await cropPhoto(raw);
  const files = photos.map(({ bytes, ...facts }) => ({ ...facts, length: bytes.length }));
  await write({ files }, ...photos.map(({ bytes }) => bytes));
}

async function answerPages(raw: Buffer): Promise<void> {
  const pages = drawPages(raw);
  await write({ files: pages.map(({ length }) => ({ length })) }, ...pages);
}

async function write(head: object, ...bodies: Buffer[]): Promise<void> {
  const all = Buffer.concat([Buffer.from(`${JSON.stringify(head)}\n`), ...bodies]);
  await new Promise((done) => process.stdout.write(all, done));
  // Whatever a library still has under way is of no interest any more.
  process.exit(0);
}
