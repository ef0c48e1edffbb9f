import { isIP } from "node:net";
import type { Config } from "#lib/config.ts";
import { SetupError } from "#lib/errors.ts";
import { originFor } from "#lib/planes/two-hosts.ts";

/** The whole address of one of our pages in a language, for mails. @param path such as `/account` */
export function siteAddress(path: string, locale: "en" | "es"): string {
  const origin = originFor(path);
  if (!origin) throw new SetupError("SITE_URL is not set: links in mails are built from it.");
  return new URL(locale === "en" ? path : `/${locale}${path}`, origin).href;
}

/** Who mails come from: `MAIL_FROM`, or a name that says nothing at the site's own host. */
export function senderAddress({ MAIL_FROM, SITE_URL }: Config): string {
  if (MAIL_FROM) return MAIL_FROM;
  const host = SITE_URL ? new URL(SITE_URL).hostname : "localhost";
  return `mail@${isIP(host.replace(/^\[|\]$/g, "")) ? "localhost" : host}`;
}
