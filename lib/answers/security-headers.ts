import type { Config } from "#lib/config.ts";

/** Nothing runs, no other host is asked, and nobody may show us in a frame of theirs. */
const headers: Readonly<Record<string, string>> = {
  "Cache-Control": "no-store",
  "Content-Security-Policy":
    "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  "Referrer-Policy": "same-origin",
  "X-Content-Type-Options": "nosniff",
  "X-Frame-Options": "DENY",
  "Permissions-Policy":
    "accelerometer=(), camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Resource-Policy": "same-origin",
};

/**
 * What every answer carries, be it a page, an error, a redirect or a file; a page that may do more
 * says so itself. HSTS only where the site says that it is served over TLS.
 */
export function securityHeaders({ SITE_URL }: Pick<Config, "SITE_URL">): Record<string, string> {
  return SITE_URL?.startsWith("https:")
    ? { ...headers, "Strict-Transport-Security": "max-age=63072000; includeSubDomains" }
    : { ...headers };
}
