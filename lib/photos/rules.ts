import { photoFormats, photoSizes } from "#lib/evidence/rules.ts";

/** What browsers may ask for below `/photos/<id>/`, and what it is. */
const mediaTypes: Readonly<Record<string, string>> = {
  avif: "image/avif",
  webp: "image/webp",
  jpg: "image/jpeg",
};

const fileShape = /^(?:192|640)\.(avif|webp|jpg)$/;
const idShape = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The media type of such a file; null for what was never one. */
export function photoMediaType(id: string, file: string): string | null {
  const ending = fileShape.exec(file)?.[1];
  return ending && idShape.test(id) ? (mediaTypes[ending] ?? null) : null;
}

export function photoRef(id: string, file: string): string {
  return `photos/${id}/${file}`;
}

/** All that a photo has in the store. */
export function photoRefs(id: string): string[] {
  return photoSizes.flatMap((size) =>
    photoFormats.map((format) => photoRef(id, `${size}.${format}`)),
  );
}
