import { eq } from "drizzle-orm";
import { beforeAll } from "vitest";
import type { Db } from "#db/client.ts";
import { people, sessions } from "#db/schema/accounts.ts";
import { mails } from "#db/schema/mails.ts";
import type { Role } from "#db/vocabulary.ts";
import { readSession } from "#lib/auth/read-session.ts";
import type { Session } from "#lib/auth/rules.ts";
import { sessionCookieName } from "#lib/auth/session-cookie.ts";
import { startSession } from "#lib/auth/start-session.ts";
import { mailContext } from "#lib/email/enqueue-mail.ts";
import { newToken, tokenKey } from "#lib/sealing/link-token.ts";
import { unseal } from "#lib/sealing/seal.ts";

/** What a site with accounts has in its environment; call it once at the top of the file. */
export function accountEnvironment(): void {
  beforeAll(() => {
    Object.assign(process.env, {
      AUTH_SECRET: "a secret of the tests that is long enough",
      MASTER_KEY: Buffer.alloc(32, 7).toString("base64"),
      SITE_URL: "https://directory.example",
    });
  });
}

export type SignedIn = { session: Session; token: string; key: string; request: Request };

/** A person with a session, as a mail link would have begun it. */
export async function signedIn(
  db: Db,
  { email, roles = ["therapist"] }: { email: string; roles?: Role[] },
): Promise<SignedIn> {
  const [person] = await db
    .insert(people)
    .values({ email, name: email, roles })
    .onConflictDoUpdate({ target: people.email, set: { roles } })
    .returning({ id: people.id });
  const token = newToken();
  const expires = new Date(Date.now() + 60 * 60_000);
  await startSession({ personId: person?.id ?? "", token, expires, by: "mail-link" }, db);
  const request = requestWith(token);
  return { session: await sessionOf(token, db), token, key: tokenKey(token), request };
}

export async function readSessionOf(token: string, db: Db): Promise<Session | null> {
  return (await readSession(requestWith(token), db)).session;
}

export async function sessionOf(token: string, db: Db): Promise<Session> {
  const session = await readSessionOf(token, db);
  if (!session) throw new Error("nobody is signed in with it");
  return session;
}

export function requestWith(token: string): Request {
  const cookie = `${sessionCookieName}=${token}`;
  return new Request("https://directory.example/account", { headers: { cookie } });
}

/** Takes the session's row as a starting point of a test about time. */
export async function setSession(
  token: string,
  row: Partial<typeof sessions.$inferInsert>,
  db: Db,
): Promise<void> {
  await db
    .update(sessions)
    .set(row)
    .where(eq(sessions.sessionToken, tokenKey(token)));
}

export type WaitingMail = { kind: string; to: string; params: Record<string, string> };

/** Mails on their way to an address, opened; oldest first. */
export async function mailsTo(address: string, db: Db): Promise<WaitingMail[]> {
  const rows = await db.select().from(mails).orderBy(mails.createdAt);
  return rows
    .map(({ id, kind, sealedBody }) => {
      const { to, params } = JSON.parse(unseal(sealedBody ?? "", mailContext(id)));
      return { kind, to, params };
    })
    .filter(({ to }) => to === address);
}
