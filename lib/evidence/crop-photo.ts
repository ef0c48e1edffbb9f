import { drawn, openPicture } from "./clean-picture.ts";
import { type photoFormats, photoSizes } from "./rules.ts";

export type PhotoFile = {
  size: (typeof photoSizes)[number];
  format: (typeof photoFormats)[number];
  bytes: Buffer;
};

/** A portrait in all its public forms: a square around what draws the eye, without metadata. */
export async function cropPhoto(raw: Uint8Array): Promise<PhotoFile[]> {
  const files: PhotoFile[] = [];
  for (const size of photoSizes) {
    const picture = (await openPicture(raw))
      .resize(size, size, { fit: "cover", position: "attention" })
      .flatten({ background: "white" });
    const square = await drawn(picture.png({ compressionLevel: 1 }));
    const again = () => openPicture(square);
    files.push({ size, format: "avif", bytes: await drawn((await again()).avif({ quality: 60 })) });
    files.push({ size, format: "webp", bytes: await drawn((await again()).webp({ quality: 80 })) });
    const jpeg = (await again()).jpeg({ quality: 82, mozjpeg: true });
    files.push({ size, format: "jpg", bytes: await drawn(jpeg) });
  }
  return files;
}
