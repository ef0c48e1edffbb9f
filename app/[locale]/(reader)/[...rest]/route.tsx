import { readerPage } from "#app/reader/reader-page.tsx";
import { NotFoundError } from "#lib/errors.ts";

/** Every address that is nothing else: a 404 that helps, without scripts like the rest. */
export const GET = readerPage(() => {
  throw new NotFoundError();
});
