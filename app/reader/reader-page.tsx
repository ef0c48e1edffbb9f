import type { ReactNode } from "react";
import { Document } from "#components/layout/document.tsx";
import { Message } from "#components/layout/message.tsx";
import type { Page } from "#components/ui/page.ts";
import { NotFoundError, reportDefect, unavailablePart } from "#lib/errors.ts";
import { finishPage } from "#lib/kept-pages/kept-pages.ts";
import { readerHeaders, renderHtml } from "./html.ts";
import { pageFor } from "./page-for.ts";
import { lettersScript } from "./site.ts";

type Params = { locale: string };

export type ReaderRequest<P extends Params> = {
  page: Page;
  query: URLSearchParams;
  params: P;
  request: Request;
};

export type ReaderAnswer =
  | {
      title: string;
      body: ReactNode;
      status?: number;
      indexable?: boolean;
      /** True where every reader gets this very page until the directory changes. */
      keep?: boolean;
      /** True on the few pages that seal or open letters: they alone run a script. */
      seals?: boolean;
    }
  /** A path of ours without its language, after a form was taken. */
  | { to: string };

/**
 * A page for readers: load -> render, as plain HTML without scripts (docs/decisions/0006).
 * Whatever goes wrong becomes a designed page, and no log line says what was asked.
 */
export function readerPage<P extends Params>(
  load: (request: ReaderRequest<P>) => ReaderAnswer | Promise<ReaderAnswer>,
) {
  return async (request: Request, context: { params: Promise<P> }): Promise<Response> => {
    const params = await context.params;
    const url = new URL(request.url);
    const page = pageFor(params.locale, url, request.headers.get("host"));
    try {
      return await respond(page, await load({ page, query: url.searchParams, params, request }));
    } catch (error) {
      return respond(page, answerTo(error, page));
    }
  };
}

async function respond(page: Page, answer: ReaderAnswer): Promise<Response> {
  if ("to" in answer) {
    const headers = { ...readerHeaders(), Location: page.href(answer.to) };
    return new Response(null, { status: 303, headers });
  }
  const { title, status = 200, indexable = false, keep = false, seals = false } = answer;
  const script = seals ? { script: lettersScript() } : {};
  const html = renderHtml(
    <Document page={page} title={title} indexable={indexable} {...script}>
      {answer.body}
    </Document>,
  );
  const own = seals ? sealingHeaders() : readerHeaders();
  const headers = { ...own, Vary: "Accept-Encoding" };
  const body = await finishPage({ status, headers, html }, { keep: keep && status === 200 });
  return new Response(new Uint8Array(body), { status, headers });
}

/** What every reader page has, and leave to run our own script, its worker, and to ask us. */
function sealingHeaders(): Record<string, string> {
  const headers = readerHeaders();
  const policy = headers["Content-Security-Policy"];
  const more = "script-src 'self'; worker-src 'self'; connect-src 'self'";
  return { ...headers, "Content-Security-Policy": `${policy}; ${more}` };
}

function answerTo(error: unknown, page: Page): ReaderAnswer {
  if (error instanceof NotFoundError) return messageAnswer(page, "notFound", 404);
  if (unavailablePart(error) !== null) return messageAnswer(page, "unavailable", 503);
  reportDefect(error);
  return messageAnswer(page, "failure", 500);
}

export function messageAnswer(
  page: Page,
  message: "notFound" | "unavailable" | "failure" | "badRequest",
  status: number,
): ReaderAnswer {
  return {
    title: page.t(`${message}.title`),
    body: <Message page={page} message={message} />,
    status,
  };
}
