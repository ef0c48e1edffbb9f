import type { ReactElement } from "react";
import { config } from "./site.ts";

// Imported when it runs: Next refuses the static import in a route, for fear of client components.
const { renderToStaticMarkup } = await import("react-dom/server");

/** Reader pages carry no script, so nothing on them may run, and no other host may be asked. */
const headers: Record<string, string> = {
  "Content-Type": "text/html; charset=utf-8",
  "Cache-Control": "no-store",
  "Content-Security-Policy":
    "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  "Referrer-Policy": "same-origin",
  "X-Content-Type-Options": "nosniff",
  "Permissions-Policy":
    "accelerometer=(), camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Resource-Policy": "same-origin",
};

/** The bytes of a page: plain HTML from the components, without React's runtime. */
export function renderHtml(document: ReactElement): string {
  return `<!doctype html>${renderToStaticMarkup(document)}`;
}

/** HSTS only where the site says that it is served over TLS. */
export function readerHeaders(): Record<string, string> {
  return config.SITE_URL?.startsWith("https:")
    ? { ...headers, "Strict-Transport-Security": "max-age=63072000; includeSubDomains" }
    : headers;
}
