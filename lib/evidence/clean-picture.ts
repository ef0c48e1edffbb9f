import sharp, { type Sharp } from "sharp";
import { evidenceLimits, FileError } from "./rules.ts";

const LONG_SIDE = 3_000;
/** A drawing of flat colours stays a PNG; a photograph saved as one would be far too heavy. */
const PNG_BYTES = 6_000_000;

export type CleanPicture = { mediaType: "image/jpeg" | "image/png"; bytes: Buffer };

/** Decodes a picture and draws it anew: turned upright, smaller if huge, and without metadata. */
export async function cleanPicture(
  raw: Uint8Array,
  mediaType: "image/jpeg" | "image/png",
): Promise<CleanPicture> {
  const picture = (await openPicture(raw)).resize({
    width: LONG_SIDE,
    height: LONG_SIDE,
    fit: "inside",
    withoutEnlargement: true,
  });
  if (mediaType === "image/png") {
    const bytes = await drawn(picture.clone().png());
    if (bytes.length <= PNG_BYTES) return { mediaType, bytes };
  }
  const bytes = await drawn(picture.flatten({ background: "white" }).jpeg({ quality: 85 }));
  return { mediaType: "image/jpeg", bytes };
}

/** A picture of at most so many pixels, upright. sharp leaves all metadata behind by itself. */
export async function openPicture(raw: Uint8Array): Promise<Sharp> {
  const { width, height } = await sharp(raw, { limitInputPixels: false })
    .metadata()
    .catch(() => {
      throw new FileError("broken");
    });
  if (width * height > evidenceLimits.pixels) throw new FileError("too-many-pixels");
  const limits = { limitInputPixels: evidenceLimits.pixels, failOn: "error" as const };
  return sharp(raw, limits).autoOrient().toColourspace("srgb");
}

/** @throws FileError when the picture ends too early or is not what its first bytes say */
export async function drawn(picture: Sharp): Promise<Buffer> {
  try {
    return await picture.toBuffer();
  } catch {
    throw new FileError("broken");
  }
}
