/** Days in which someone can take back that they want their account deleted. */
export const graceDays = 14;

/** A link to confirm an address works for an hour. */
export const addressLinkMinutes = 60;

/** Changes of address that one account can ask for in an hour: each writes to a stranger, maybe. */
export const mostAddressChanges = 5;

/** The day from which an account is gone, `YYYY-MM-DD`. */
export function deletionDay(askedAt: Date): string {
  const day = new Date(askedAt.getTime() + graceDays * 24 * 60 * 60_000);
  return day.toISOString().slice(0, 10);
}
