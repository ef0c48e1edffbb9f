import { tokenKey } from "#lib/sealing/link-token.ts";

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

/** How the session that sent a request is called in the database; of none where there is none. */
export function sessionKeyOf(request: Request): string {
  return tokenKey(sessionTokenOf(request) ?? "");
}

/** The `Set-Cookie` of a session that began outside next-auth. */
export function sessionCookie(token: string, expires: Date): string {
  return `${sessionCookieName}=${token}; Path=/; Expires=${expires.toUTCString()}; HttpOnly; Secure; SameSite=Lax`;
}

/** Takes the cookie out of the browser. */
export const endedSessionCookie = `${sessionCookieName}=; Path=/; Max-Age=0; HttpOnly; Secure; SameSite=Lax`;
