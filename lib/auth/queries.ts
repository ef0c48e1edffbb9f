import { createHash } from "node:crypto";
import { and, count, eq, exists, gt, isNotNull, isNull, or, sql } from "drizzle-orm";
import { type Db, primary } from "#db/client.ts";
import {
  passkeys,
  people,
  recoveryCodes,
  sessions,
  totpSecrets,
  verificationTokens,
} from "#db/schema/accounts.ts";
import { roles } from "#db/vocabulary.ts";
import { readConfig } from "#lib/config.ts";
import { rolesThatCount, type Session } from "./rules.ts";

/** @param key the hash under which the session is stored */
export async function getSession(key: string, db: Db): Promise<Session | null> {
  const [row] = await db
    .select({
      personId: people.id,
      roles: people.roles,
      email: people.email,
      name: people.name,
      locale: people.locale,
      deletionAskedAt: people.deletionAskedAt,
      secondFactorAt: sessions.secondFactorAt,
      isSetUp: hasSecondFactor(db),
    })
    .from(sessions)
    .innerJoin(people, eq(people.id, sessions.userId))
    .where(eq(sessions.sessionToken, key));
  if (!row) return null;
  const { isSetUp, roles: held, ...session } = row;
  const shown = session.secondFactorAt ? "passed" : "needed";
  const secondFactor = isSetUp ? shown : "not-set-up";
  const heldRoles = roles.filter((role) => held.includes(role));
  return { ...session, heldRoles, roles: rolesThatCount(heldRoles, secondFactor), secondFactor };
}

export type SecondFactors = {
  /** Since when an authenticator app counts. */
  app: Date | null;
  passkeys: { id: string; name: string; createdAt: Date; lastUsedAt: Date | null }[];
  recoveryCodesLeft: number;
};

export async function getSecondFactors(
  personId: string,
  db: Db = primary(),
): Promise<SecondFactors> {
  const [app] = await db
    .select({ confirmedAt: totpSecrets.confirmedAt })
    .from(totpSecrets)
    .where(eq(totpSecrets.personId, personId));
  const { id, name, createdAt, lastUsedAt } = passkeys;
  const keys = await db
    .select({ id, name, createdAt, lastUsedAt })
    .from(passkeys)
    .where(eq(passkeys.personId, personId))
    .orderBy(passkeys.createdAt, passkeys.id);
  const [codes] = await db
    .select({ left: count() })
    .from(recoveryCodes)
    .where(and(eq(recoveryCodes.personId, personId), isNull(recoveryCodes.usedAt)));
  return { app: app?.confirmedAt ?? null, passkeys: keys, recoveryCodesLeft: codes?.left ?? 0 };
}

/** Whether a link would work now; looking does not spend it. @param token as it stands in the link */
export async function isLinkGood(token: string, now: Date, db: Db = primary()): Promise<boolean> {
  const rows = await db
    .select({ expires: verificationTokens.expires })
    .from(verificationTokens)
    .where(
      and(
        eq(verificationTokens.token, storedLinkToken(token)),
        gt(verificationTokens.expires, now),
      ),
    );
  return rows.length > 0;
}

/** As next-auth stores it: SHA-256 of the token and the secret, in hex. */
function storedLinkToken(token: string): string {
  const { AUTH_SECRET = "" } = readConfig();
  return createHash("sha256").update(`${token}${AUTH_SECRET}`).digest("hex");
}

/** For a query on `people`: has an authenticator app that showed a code, or a passkey. */
export function hasSecondFactor(db: Db) {
  const app = db
    .select({ personId: totpSecrets.personId })
    .from(totpSecrets)
    .where(and(eq(totpSecrets.personId, people.id), isNotNull(totpSecrets.confirmedAt)));
  const passkey = db
    .select({ personId: passkeys.personId })
    .from(passkeys)
    .where(eq(passkeys.personId, people.id));
  return sql<boolean>`${or(exists(app), exists(passkey))}`;
}
