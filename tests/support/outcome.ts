import { ConflictError, NotFoundError } from "#lib/errors.ts";

/** What a command came to, as a word: `done`, `not found`, or the reason of the conflict. */
export function outcome(work: Promise<unknown>): Promise<string> {
  return work.then(() => "done", refusal);
}

/** The word for a command's refusal; whatever else went wrong is thrown on. */
export function refusal(error: unknown): string {
  if (error instanceof NotFoundError) return "not found";
  if (error instanceof ConflictError) return error.reason;
  throw error;
}
