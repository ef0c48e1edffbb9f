import type { Transform } from "node:stream";
import {
  createBrotliDecompress,
  createInflate,
  createInflateRaw,
  createZstdDecompress,
} from "node:zlib";

const most = 64 * 1024 * 1024;
const mostBrotli = 4 * 1024 * 1024;
/** So little at a time that next to nothing is lost where a stream breaks off. */
const options = { chunkSize: 1024 };

type Packing = {
  magic: number[];
  open: () => Transform;
  /** Where what `open` reads begins. */
  from?: (bytes: Buffer) => number;
};

/** The streams that can be told by their first bytes. */
const packings: readonly Packing[] = [
  { magic: [0x1f, 0x8b, 0x08], open: () => createInflateRaw(options), from: afterGzipHeader },
  { magic: [0x28, 0xb5, 0x2f, 0xfd], open: () => createZstdDecompress(options) },
  ...[0x01, 0x5e, 0x9c, 0xda].map((level) => ({
    magic: [0x78, level],
    open: () => createInflate(options),
  })),
];

/** The bytes, and whatever lies packed in them, wherever it begins, and in what comes of that. */
export async function* unpacked(bytes: Buffer, depth = 2): AsyncGenerator<Buffer> {
  yield bytes;
  if (depth === 0) return;
  for (const { magic, open, from = () => 0 } of packings) {
    const start = Buffer.from(magic);
    for (let at = bytes.indexOf(start); at >= 0; at = bytes.indexOf(start, at + 1)) {
      const rest = bytes.subarray(at);
      yield* inside(await unpack(rest.subarray(from(rest)), open()), depth);
    }
  }
  // Brotli has no first bytes of its own: it is tried on the whole.
  if (bytes.length <= mostBrotli) {
    yield* inside(await unpack(bytes, createBrotliDecompress(options)), depth);
  }
}

/** RFC 1952: ten bytes, and by their flags an extra field, a name, a comment, a checksum. */
function afterGzipHeader(bytes: Buffer): number {
  const flags = bytes[3] ?? 0;
  let at = 10;
  if (flags & 4) at += 2 + (bytes[at] ?? 0) + (bytes[at + 1] ?? 0) * 256;
  for (const text of [8, 16]) if (flags & text) at = bytes.indexOf(0, at) + 1;
  return flags & 2 ? at + 2 : at;
}

async function* inside(bytes: Buffer, depth: number): AsyncGenerator<Buffer> {
  if (bytes.length >= 8) yield* unpacked(bytes, depth - 1);
}

/** What comes out until the end, or until it is no such stream any more. */
function unpack(bytes: Buffer, stream: Transform): Promise<Buffer> {
  return new Promise((resolve) => {
    const parts: Buffer[] = [];
    let size = 0;
    stream.on("data", (part: Buffer) => {
      parts.push(part);
      size += part.length;
      if (size > most) stream.destroy();
    });
    stream.on("error", () => {});
    stream.once("close", () => resolve(Buffer.concat(parts)));
    stream.end(bytes);
  });
}
