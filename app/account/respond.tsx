import type { ReactNode } from "react";
import { readerHeaders, renderHtml } from "#app/reader/html.ts";
import { inboxScript, script } from "#app/reader/site.ts";
import { Document } from "#components/layout/document.tsx";
import type { Page } from "#components/ui/page.ts";

export type StaffHeaders = {
  cookies?: readonly string[];
  [name: string]: string | readonly string[] | undefined;
};

type Answer = {
  page: Page;
  title: string;
  body: ReactNode;
  header: ReactNode;
  status?: number;
  headers?: StaffHeaders;
  seals?: boolean;
};

/** Pages with an account may run one script file of ours each, and no other. */
export const contentSecurityPolicy =
  "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; font-src 'self'; " +
  "img-src 'self' data: blob:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

export function respond({
  page,
  title,
  body,
  header,
  status = 200,
  headers = {},
  seals = false,
}: Answer): Response {
  const html = renderHtml(
    <Document page={page} title={title} header={header} script={seals ? inboxScript() : script()}>
      {body}
    </Document>,
  );
  return new Response(html, {
    status,
    headers: staffHeaders({ "Content-Security-Policy": contentSecurityPolicy, ...headers }),
  });
}

/** The answer to a form that was taken: a page that can be loaded again without sending it again. */
export function seeOther(path: string, headers: StaffHeaders = {}): Response {
  return new Response(null, { status: 303, headers: staffHeaders({ ...headers, Location: path }) });
}

export function staffHeaders({ cookies = [], ...more }: StaffHeaders): Headers {
  const headers = new Headers(readerHeaders());
  for (const [name, value] of Object.entries(more)) {
    if (typeof value === "string") headers.set(name, value);
  }
  for (const cookie of cookies) headers.append("Set-Cookie", cookie);
  return headers;
}
