import { BodyError } from "#lib/errors.ts";

/** Bytes that a form of text fields may have. */
export const FORM_BYTES = 400_000;

/**
 * Reads a form that was sent, and never more than its limit.
 * @throws BodyError when it is too large, broken off, or no form at all
 */
export async function readForm(request: Request, maxBytes: number = FORM_BYTES): Promise<FormData> {
  const type = request.headers.get("content-type") ?? "";
  if (!/^(application\/x-www-form-urlencoded|multipart\/form-data)\b/i.test(type)) {
    throw new BodyError("no-form");
  }
  const bytes = await readBytes(request, maxBytes);
  try {
    return await new Response(new Uint8Array(bytes), {
      headers: { "content-type": type },
    }).formData();
  } catch {
    throw new BodyError("broken");
  }
}

/** The bytes of a request, and never more than a limit. @throws BodyError as `readForm` does */
export async function readBytes(request: Request, maxBytes: number): Promise<Buffer> {
  if (Number(request.headers.get("content-length") ?? 0) > maxBytes)
    throw new BodyError("too-large");
  const parts: Uint8Array[] = [];
  let total = 0;
  try {
    for await (const part of request.body ?? []) {
      total += part.length;
      if (total > maxBytes) break;
      parts.push(part);
    }
  } catch {
    throw new BodyError("broken");
  }
  if (total > maxBytes) throw new BodyError("too-large");
  return Buffer.concat(parts);
}
