import type { ReactElement } from "react";
import { securityHeaders } from "#lib/answers/security-headers.ts";
import { config } from "./site.ts";

// Imported when it runs: Next refuses the static import in a route, for fear of client components.
const { renderToStaticMarkup } = await import("react-dom/server");

const headers = { "Content-Type": "text/html; charset=utf-8", ...securityHeaders(config) };

/** The bytes of a page: plain HTML from the components, without React's runtime. */
export function renderHtml(document: ReactElement): string {
  return `<!doctype html>${renderToStaticMarkup(document)}`;
}

/** Reader pages carry no script, so nothing on them may run, and no other host may be asked. */
export function readerHeaders(): Record<string, string> {
  return headers;
}
