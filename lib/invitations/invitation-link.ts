import { createHash, randomBytes } from "node:crypto";
import type { Locale } from "#lib/words/labels.ts";

/** 256 random bits, for an address in a mail. */
export function newInvitationToken(): string {
  return randomBytes(32).toString("base64url");
}

/** How a token is called in the database: whoever reads it there cannot answer with it. */
export function invitationKey(token: string): string {
  return createHash("sha256").update(token).digest("base64url");
}

/** Whole addresses for a mail. @param siteUrl the site's own, such as `https://directory.example` */
export function invitationLinks(token: string, locale: Locale, siteUrl: string) {
  const prefix = new URL(siteUrl).origin + (locale === "en" ? "" : `/${locale}`);
  return {
    acceptUrl: `${prefix}/invitation?token=${token}`,
    neverUrl: `${prefix}/invitation/never?token=${token}`,
  };
}
