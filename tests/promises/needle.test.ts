import { brotliCompressSync, deflateSync, gzipSync, zstdCompressSync } from "node:zlib";
import { expect, test } from "vitest";
import { formsOf, makeNeedle, shapesIn } from "./needle.ts";
import { unpacked } from "./unpacked.ts";

const word = makeNeedle();
const forms = formsOf(word);
const around = (bytes: Buffer | string) =>
  Buffer.concat([Buffer.alloc(5_000, 7), Buffer.from(bytes), Buffer.alloc(5_000, 9)]);
const line = `GET /therapists?q=${word}42 HTTP/1.1\n`;

async function isFound(bytes: Buffer): Promise<boolean> {
  for await (const layer of unpacked(bytes)) if (shapesIn(layer, forms).length > 0) return true;
  return false;
}

test.each<[string, Buffer | string]>([
  ["as it is", line],
  ["in lower case", line.toLowerCase()],
  ["in upper case", line.toUpperCase()],
  ["URL-encoded, letter by letter", Buffer.from(line).toString("hex").replaceAll(/../g, "%$&")],
  ["in hex", Buffer.from(line).toString("hex")],
  ["in base64", Buffer.from(line).toString("base64")],
  ["in base64, one later", Buffer.from(`x${line}`).toString("base64")],
  ["in base64, two later", Buffer.from(`xx${line}`).toString("base64url")],
  ["in UTF-16LE", Buffer.from(line, "utf16le")],
  ["in UTF-16BE", Buffer.from(line, "utf16le").swap16()],
  ["backwards", [...line].reverse().join("")],
  ["with a control byte after each eight", word.replaceAll(/.{8}/g, "$&\x01")],
  ["packed by gzip", gzipSync(line)],
  ["packed by zlib", deflateSync(line)],
  ["packed by zstd", zstdCompressSync(line)],
  ["packed twice", gzipSync(zstdCompressSync(line))],
  ["in base64 that is packed", gzipSync(Buffer.from(line).toString("base64"))],
])("a word is found %s, in the midst of other bytes", async (_, bytes) => {
  expect(await isFound(around(bytes))).toBe(true);
});

test("one packed by brotli is found where it is a file of its own", async () => {
  expect(await isFound(brotliCompressSync(line))).toBe(true);
});

test("a packed stream that breaks off is read as far as it goes", async () => {
  const long = gzipSync(
    line + Buffer.from(crypto.getRandomValues(new Uint8Array(9_000))).toString("hex"),
  );
  expect(await isFound(long.subarray(0, 6_000))).toBe(true);
});

test("another word is not found", async () => {
  expect(await isFound(around(gzipSync(line.replace(word, makeNeedle()))))).toBe(false);
});
