import { crc32, deflateSync } from "node:zlib";
import sharp from "sharp";

type PictureOptions = { width?: number; height?: number; noise?: boolean };

function canvas({ width = 400, height = 300, noise = false }: PictureOptions) {
  const create = { width, height, channels: 3 as const, background: "#a81f2b" };
  return sharp({
    create: noise ? { ...create, noise: { type: "gaussian", mean: 128, sigma: 40 } } : create,
  });
}

export const makeJpeg = (options: PictureOptions = {}) => canvas(options).jpeg().toBuffer();
export const makePng = (options: PictureOptions = {}) => canvas(options).png().toBuffer();
export const makeGif = () => canvas({ width: 20, height: 20 }).gif().toBuffer();
export const makeSvg = () =>
  Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>`);

/** A photograph that says who took it and where: Portland, Oregon. Lies on its side as well. */
export async function locatedJpeg(): Promise<Buffer> {
  return canvas({ noise: true })
    .jpeg()
    .withMetadata({ orientation: 6 })
    .withExifMerge({
      IFD0: { Artist: "canary-author", ImageDescription: "canary-description" },
      IFD3: {
        GPSLatitudeRef: "N",
        GPSLatitude: "45/1 31/1 1234/100",
        GPSLongitudeRef: "W",
        GPSLongitude: "122/1 40/1 4321/100",
      },
    })
    .withXmp("<x:xmpmeta xmlns:x='adobe:ns:meta/'>canary-xmp</x:xmpmeta>")
    .toBuffer();
}

/** A PNG with a text chunk that tells on its author. */
export async function talkingPng(): Promise<Buffer> {
  const plain = await makePng();
  const text = pngChunk("tEXt", Buffer.from("Author\0canary-author"));
  // Behind the signature (8 bytes) and IHDR (25 bytes).
  return Buffer.concat([plain.subarray(0, 33), text, plain.subarray(33)]);
}

/** Few bytes that unpack to a side of so many pixels. */
export function bombPng(side: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  header.set([8, 0, 0, 0, 0], 8);
  const rows = deflateSync(Buffer.alloc(Math.min(side, 4_000) * (side + 1)), { level: 9 });
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    pngChunk("IHDR", header),
    pngChunk("IDAT", rows),
    pngChunk("IEND", Buffer.alloc(0)),
  ]);
}

function pngChunk(name: string, body: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(name, "latin1"), body]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(body.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, check]);
}
