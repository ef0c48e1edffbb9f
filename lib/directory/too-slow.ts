/** Whether Postgres itself ended a question because it took too long: it would do so elsewhere too. */
export function isTooSlow(error: unknown): boolean {
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    if ((at as { code?: unknown }).code === "57014") return true;
  }
  return false;
}
