import { readerHeaders } from "#app/reader/html.ts";
import { readSession } from "#lib/auth/read-session.ts";
import { askForReader } from "#lib/directory/ask-for-reader.ts";
import { reportDefect, unavailablePart } from "#lib/errors.ts";
import { isOwnPhoto, isPhotoOfClaimed, isPublicPhoto } from "#lib/photos/queries.ts";
import { photoMediaType, photoRef } from "#lib/photos/rules.ts";
import { openStore } from "#lib/storage/open-store.ts";
import { todayUtc } from "#lib/vetting/rules.ts";

type Context = { params: Promise<{ id: string; file: string }> };

/** A photo: to everyone while readers may see whose it is, else to its owner; never with a cookie. */
export async function GET(request: Request, context: Context): Promise<Response> {
  const { id, file } = await context.params;
  try {
    const mediaType = photoMediaType(id, file);
    if (mediaType === null) return answer(404);
    const { given: isPublic } = await askForReader((db) => isPublicPhoto(id, todayUtc(), db), {
      stamp: null,
    });
    if (!isPublic && !(await isTheirs(id, request))) return answer(404);
    const bytes = await openStore().get(photoRef(id, file));
    if (!bytes) return answer(404);
    return answer(200, bytes, {
      "Content-Type": mediaType,
      "Cache-Control": isPublic ? "public, max-age=86400" : "no-store",
    });
  } catch (error) {
    if (unavailablePart(error) !== null) return answer(503);
    reportDefect(error);
    return answer(500);
  }
}

async function isTheirs(id: string, request: Request): Promise<boolean> {
  const { session } = await readSession(request);
  if (session === null) return false;
  return (await isOwnPhoto(id, session)) || isPhotoOfClaimed(id, session);
}

function answer(status: number, bytes?: Buffer, more: Record<string, string> = {}): Response {
  const headers = {
    ...readerHeaders(),
    "Content-Type": "text/plain; charset=utf-8",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    ...more,
  };
  return new Response(bytes ? new Uint8Array(bytes) : null, { status, headers });
}
