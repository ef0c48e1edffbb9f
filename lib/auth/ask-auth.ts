// The core of next-auth: its wrapper for pages of React is not what stands in front of ours.
import { Auth, skipCSRFCheck } from "@auth/core";
import type { NextAuthConfig } from "next-auth";
import type { Db } from "#db/client.ts";
import { readConfig } from "#lib/config.ts";
import { newToken } from "#lib/sealing/link-token.ts";
import type { Locale } from "#lib/words/labels.ts";
import { linkLife, sessionLimits } from "./rules.ts";
import { sessionAdapter } from "./session-adapter.ts";
import { sessionCookieName, sessionCookieOptions } from "./session-cookie.ts";

export type AuthAction = {
  method: "GET" | "POST";
  /** Such as `session` or `callback/mail?token=…`. */
  action: string;
  body?: Record<string, string>;
  sessionToken?: string | null;
  /** Of an account that is opened on the way. */
  locale?: Locale;
  sendLink?: (link: { address: string; token: string; expires: Date }) => Promise<void>;
};

export type AuthAnswer = {
  /** `Set-Cookie` values of the session, and of nothing else. */
  cookies: string[];
  /** What the session callback said; null without a session. */
  body: unknown;
};

/** Whether people can have accounts at all: without our secrets every page of theirs is closed. */
export function accountsOpen(): boolean {
  const { AUTH_SECRET, MASTER_KEY, SITE_URL } = readConfig();
  return [AUTH_SECRET, MASTER_KEY, SITE_URL].every((given) => given !== undefined);
}

/**
 * One action of next-auth. None of its addresses is open to the outside, where a GET would spend a
 * link: our own pages stand before it, check where a form came from, and then ask here.
 * @throws what the database threw; a link that is not good (any more) only leaves no cookie
 */
export async function askAuth(asked: AuthAction, db: Db): Promise<AuthAnswer> {
  const problems: Error[] = [];
  const response = await Auth(requestOf(asked), configOf(asked, db, problems));
  const defect = problems.find((problem) => !isSpentLink(problem));
  if (defect) throw rootOf(defect);
  const isJson = response.headers.get("content-type")?.startsWith("application/json");
  return {
    cookies: response.headers
      .getSetCookie()
      .filter((cookie) => cookie.startsWith(`${sessionCookieName}=`)),
    body: isJson ? await response.json() : null,
  };
}

/** Asked of no host: the origin is only there because a request needs one. */
function requestOf({ method, action, body, sessionToken }: AuthAction): Request {
  const headers = new Headers();
  if (sessionToken) headers.set("cookie", `${sessionCookieName}=${sessionToken}`);
  if (body) headers.set("content-type", "application/x-www-form-urlencoded");
  return new Request(`https://parasol.invalid/auth/${action}`, {
    method,
    headers,
    ...(body && { body: new URLSearchParams(body).toString() }),
  });
}

function configOf(
  { locale = "en", sendLink }: AuthAction,
  db: Db,
  problems: Error[],
): NextAuthConfig {
  const { AUTH_SECRET } = readConfig();
  return {
    basePath: "/auth",
    trustHost: true,
    // Ours stands before it, in front of every form (app/account/same-origin.ts).
    skipCSRFCheck,
    ...(AUTH_SECRET && { secret: AUTH_SECRET }),
    adapter: sessionAdapter(db, locale),
    session: {
      strategy: "database",
      maxAge: sessionLimits.idleSeconds,
      updateAge: sessionLimits.writtenEverySeconds,
      generateSessionToken: newToken,
    },
    cookies: { sessionToken: { name: sessionCookieName, options: sessionCookieOptions } },
    providers: [
      {
        id: "mail",
        type: "email",
        name: "Mail",
        maxAge: linkLife.seconds,
        generateVerificationToken: newToken,
        sendVerificationRequest: async ({ identifier: address, token, expires }) => {
          await sendLink?.({ address, token, expires });
        },
      },
    ],
    callbacks: { session: ({ session }) => ({ expires: session.expires.toISOString() }) },
    // Its own log would print addresses and messages of the database.
    logger: { error: (error) => problems.push(error), warn: () => {}, debug: () => {} },
  };
}

function isSpentLink(problem: Error): boolean {
  return "type" in problem && problem.type === "Verification";
}

/** next-auth wraps what was thrown in errors of its own, under `cause.err`. */
function rootOf(error: Error): Error {
  const cause = error.cause as { err?: unknown } | undefined;
  return cause?.err instanceof Error ? rootOf(cause.err) : error;
}
