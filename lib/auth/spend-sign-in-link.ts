import { eq } from "drizzle-orm";
import { type Db, primary } from "#db/client.ts";
import { sessions } from "#db/schema/accounts.ts";
import { tokenKey } from "#lib/sealing/link-token.ts";
import type { Locale } from "#lib/words/labels.ts";
import { askAuth } from "./ask-auth.ts";

export type SpentLink = {
  token: string;
  /** Of the account, if it is opened by this. */
  locale: Locale;
  /** The session that the browser had before, which ends. */
  oldSession: string | null;
};

/**
 * Signs in whoever holds a link; all of it happens or none.
 * @returns the `Set-Cookie` values of a new session, or null when the link is not good (any more)
 */
export async function spendSignInLink(
  { token, locale, oldSession }: SpentLink,
  db: Db = primary(),
): Promise<string[] | null> {
  if (!token) return null;
  return db.transaction(async (tx) => {
    const action = `callback/mail?${new URLSearchParams({ token })}`;
    const { cookies } = await askAuth({ method: "GET", action, locale }, tx);
    if (cookies.length === 0) return null;
    if (oldSession) {
      await tx.delete(sessions).where(eq(sessions.sessionToken, tokenKey(oldSession)));
    }
    return cookies;
  });
}
