import { createHash, randomBytes } from "node:crypto";

/** `__Host-`: no other host and no plain connection can set it. */
export const sessionCookieName = "__Host-parasol-session";

export const sessionCookieOptions = {
  httpOnly: true,
  sameSite: "lax",
  path: "/",
  secure: true,
} as const;

/** The token that a browser sent, or null. A browser sends one; of several only the first counts. */
export function sessionTokenOf(request: Request): string | null {
  const cookies = (request.headers.get("cookie") ?? "").split(";").map((cookie) => cookie.trim());
  const ours = cookies.find((cookie) => cookie.startsWith(`${sessionCookieName}=`));
  const token = ours?.slice(sessionCookieName.length + 1) ?? "";
  return /^[\w-]{20,200}$/.test(token) ? token : null;
}

/** How a session is called in the database: whoever reads it there cannot sign in with it. */
export function sessionKey(token: string): string {
  return createHash("sha256").update(token).digest("base64url");
}

/** The same for the session that sent a request; of none where there is no session. */
export function sessionKeyOf(request: Request): string {
  return sessionKey(sessionTokenOf(request) ?? "");
}

/** The `Set-Cookie` of a session that began outside next-auth. */
export function sessionCookie(token: string, expires: Date): string {
  return `${sessionCookieName}=${token}; Path=/; Expires=${expires.toUTCString()}; HttpOnly; Secure; SameSite=Lax`;
}

/** Takes the cookie out of the browser. */
export const endedSessionCookie = `${sessionCookieName}=; Path=/; Max-Age=0; HttpOnly; Secure; SameSite=Lax`;

export function newSessionToken(): string {
  return randomBytes(32).toString("base64url");
}
