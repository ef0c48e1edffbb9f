import type { Adapter, AdapterSession, AdapterUser } from "@auth/core/adapters";
import { DrizzleAdapter } from "@auth/drizzle-adapter";
import { eq, sql } from "drizzle-orm";
import type { Db } from "#db/client.ts";
import { people, sessions, verificationTokens } from "#db/schema/accounts.ts";
import { tokenKey } from "#lib/sealing/link-token.ts";
import type { Locale } from "#lib/words/labels.ts";
import { openAccount } from "./open-account.ts";
import { sessionLimits } from "./rules.ts";
import { startSession } from "./start-session.ts";

/**
 * The Drizzle adapter on our tables, with what it leaves open: tokens of sessions are stored as
 * hashes, a session ends for good after its absolute limit, and a link needs no address in it.
 * @param locale the language of an account that is opened on the way
 */
export function sessionAdapter(db: Db, locale: Locale): Adapter {
  const adapter = drizzleAdapter(db);
  return {
    ...adapter,
    createUser: ({ email }) => openAccount({ email, locale }, db),
    async createSession({ sessionToken: token, userId: personId, expires }) {
      await startSession({ personId, token, expires, by: "mail-link" }, db);
      return { sessionToken: token, userId: personId, expires };
    },
    async getSessionAndUser(token) {
      const found = await adapter.getSessionAndUser?.(tokenKey(token));
      if (!found) return null;
      const { session, user } = found as { session: StoredSession; user: AdapterUser };
      return { session: { ...session, sessionToken: token, expires: endOf(session) }, user };
    },
    async updateSession({ sessionToken: token, expires }) {
      if (!expires) return null;
      const latest = sql`${sessions.createdAt} + make_interval(secs => ${sessionLimits.absoluteSeconds})`;
      await db
        .update(sessions)
        .set({ expires: sql`least(${expires.toISOString()}::timestamptz, ${latest})` })
        .where(eq(sessions.sessionToken, tokenKey(token)));
      return null;
    },
    deleteSession: (token) => adapter.deleteSession?.(tokenKey(token)),
    async useVerificationToken({ token }) {
      const [spent] = await db
        .delete(verificationTokens)
        .where(eq(verificationTokens.token, token))
        .returning();
      return spent ?? null;
    },
  };
}

type StoredSession = AdapterSession & { createdAt: Date };

function endOf({ expires, createdAt }: StoredSession): Date {
  const latest = createdAt.getTime() + sessionLimits.absoluteSeconds * 1000;
  return new Date(Math.min(expires.getTime(), latest));
}

/** Its types want all its own columns, and a table for OAuth; we have neither, and it uses neither. */
function drizzleAdapter(db: Db): Adapter {
  const tables = {
    usersTable: people,
    sessionsTable: sessions,
    verificationTokensTable: verificationTokens,
  };
  return (DrizzleAdapter as (db: unknown, tables: unknown) => Adapter)(db, tables);
}
