import { unavailablePart } from "#lib/errors.ts";
import { FileError } from "#lib/evidence/rules.ts";
import type { FieldErrors } from "#lib/forms/rules.ts";
import { logDefect } from "#lib/logs/log.ts";

/** Bytes of a form with one file of at most 10 MB: the file, and what a browser writes around it. */
export const UPLOAD_BYTES = 10.5 * 1024 * 1024;

/** The file that was sent in the field `file`; null when nobody chose one. */
export async function sentFile(
  form: FormData,
): Promise<{ fileName: string; bytes: Uint8Array } | null> {
  const file = form.get("file");
  if (!(file instanceof File) || (file.name === "" && file.size === 0)) return null;
  return { fileName: file.name, bytes: new Uint8Array(await file.arrayBuffer()) };
}

/**
 * What is wrong with a file, or with us who cannot keep it, next to its field; anything else is not
 * for the field to say.
 */
export function fileErrors(error: unknown): FieldErrors {
  if (error instanceof FileError) return { file: { code: error.code } };
  if (unavailablePart(error) !== "storage") throw error;
  // A disk that is full stays so until somebody who runs the site hears of it.
  logDefect(error, { part: "web", area: "profile" });
  return { file: { code: "not-kept" } };
}

/** Of the page that says so. */
export function fileStatus({ file }: FieldErrors): number {
  if (!file) return 200;
  return file.code === "not-kept" ? 503 : 422;
}
