import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { compress, encodingFor } from "./compress.ts";

test.each([
  ["gzip, deflate, br, zstd", "br"],
  ["gzip", "gzip"],
  ["br;q=0, gzip;q=0.5", "gzip"],
  ["GZIP", "gzip"],
  ["gzip;q=0", "identity"],
  ["", "identity"],
  [null, "identity"],
  ["brotli, x-gzip", "identity"],
] as const)("%o takes %s", (accepted, encoding) => {
  expect(encodingFor(accepted)).toBe(encoding);
});

test("what comes out is what went in", async () => {
  const html = "<p>ñandú 🌂</p>".repeat(200);
  expect(brotliDecompressSync(await compress(html, "br")).toString()).toBe(html);
  expect(gunzipSync(await compress(html, "gzip")).toString()).toBe(html);
  expect((await compress(html, "identity")).toString()).toBe(html);
});
