import { promisify } from "node:util";
import zlib from "node:zlib";

const gzip = promisify(zlib.gzip);
const brotli = promisify(zlib.brotliCompress);

export const encodings = ["br", "gzip", "identity"] as const;
export type Encoding = (typeof encodings)[number];

/** The first encoding that a client takes; `q=0` means it does not. */
export function encodingFor(acceptEncoding: string | null | undefined): Encoding {
  const accepted = new Set(
    (acceptEncoding ?? "")
      .split(",")
      .map((part) =>
        part
          .trim()
          .toLowerCase()
          .split(";")
          .map((piece) => piece.trim()),
      )
      .filter(([, quality]) => !/^q=0(\.0*)?$/.test(quality ?? ""))
      .map(([name]) => name),
  );
  return encodings.find((encoding) => accepted.has(encoding)) ?? "identity";
}

/** Compresses off the main thread. The levels are where a page costs least for its size. */
export async function compress(html: string, encoding: Encoding): Promise<Buffer> {
  const bytes = Buffer.from(html);
  if (encoding === "identity") return bytes;
  if (encoding === "gzip") return gzip(bytes, { level: 4 });
  return brotli(bytes, {
    params: {
      [zlib.constants.BROTLI_PARAM_QUALITY]: 5,
      // A window of 64 KB holds a page; the default of 4 MB is taken anew for every page on its way.
      [zlib.constants.BROTLI_PARAM_LGWIN]: 16,
      [zlib.constants.BROTLI_PARAM_SIZE_HINT]: bytes.byteLength,
    },
  });
}
