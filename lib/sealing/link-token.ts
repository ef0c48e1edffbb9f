import { createHash, randomBytes } from "node:crypto";

/** 256 random bits, for an address in a mail or for the cookie of a session. */
export function newToken(): string {
  return randomBytes(32).toString("base64url");
}

/** How a token is called in the database: whoever reads it there cannot come in with it. */
export function tokenKey(token: string): string {
  return createHash("sha256").update(token).digest("base64url");
}
