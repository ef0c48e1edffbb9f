import type { Locale } from "#lib/words/labels.ts";

/** Whole addresses for a mail. @param siteUrl the site's own, such as `https://directory.example` */
export function invitationLinks(token: string, locale: Locale, siteUrl: string) {
  const prefix = new URL(siteUrl).origin + (locale === "en" ? "" : `/${locale}`);
  return {
    acceptUrl: `${prefix}/invitation?token=${token}`,
    neverUrl: `${prefix}/invitation/never?token=${token}`,
  };
}
