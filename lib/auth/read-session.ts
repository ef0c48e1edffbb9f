import { type Db, primary } from "#db/client.ts";
import { primaryTruth } from "#lib/circuits/truth.ts";
import { tokenKey } from "#lib/sealing/link-token.ts";
import { accountsOpen, askAuth } from "./ask-auth.ts";
import { getSession } from "./queries.ts";
import type { Session } from "./rules.ts";
import { sessionTokenOf } from "./session-cookie.ts";

export type ReadSession = {
  session: Session | null;
  /** `Set-Cookie` values to pass on: a session that is used lives longer. */
  cookies: string[];
};

/**
 * Who asks. Without a cookie, or where accounts are closed, nobody; then nothing is looked up.
 * @throws UnavailableError at once while Postgres is known to be away
 */
export async function readSession(request: Request, given?: Db): Promise<ReadSession> {
  const sessionToken = sessionTokenOf(request);
  if (sessionToken === null || !accountsOpen()) return { session: null, cookies: [] };
  if (!given) primaryTruth().circuit.requireClosed();
  const db = given ?? primary();
  const { body, cookies } = await askAuth({ method: "GET", action: "session", sessionToken }, db);
  const session = body === null ? null : await getSession(tokenKey(sessionToken), db);
  return { session, cookies };
}
