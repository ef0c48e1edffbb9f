import { isOwnForm } from "#app/account/same-origin.ts";
import { BrokenForm } from "#components/account/broken-form.tsx";
import { KeptForm } from "#components/account/kept-form.tsx";
import type { Page } from "#components/ui/page.ts";
import { BodyError, unavailablePart } from "#lib/errors.ts";
import { readForm } from "#lib/forms/read-form.ts";
import { type Typed, typedOf } from "#lib/forms/rules.ts";
import { type ReaderAnswer, type ReaderRequest, readerPage } from "./reader-page.tsx";

type Params = { locale: string };

export type ReaderForm<P extends Params> = ReaderRequest<P> & { typed: Typed };

/**
 * A form that readers send: no session and no script. What was typed survives a database that is
 * away; nothing of the request but the form's own fields is handed on.
 */
export function readerForm<P extends Params>(
  take: (sent: ReaderForm<P>) => ReaderAnswer | Promise<ReaderAnswer>,
) {
  return readerPage<P>(async (asked) => {
    const { page, request } = asked;
    if (isFromElsewhere(request)) return broken(page, "elsewhere", 403);
    const form = await readForm(request).catch(bodyTrouble);
    if (form instanceof BodyError) {
      return broken(page, form.reason, form.reason === "too-large" ? 413 : 400);
    }
    try {
      return await take({ ...asked, typed: typedOf(form.entries()) });
    } catch (error) {
      if (unavailablePart(error) === null) throw error;
      const body = <KeptForm page={page} why="away" fields={[...form.entries()]} />;
      return { title: page.t("forms.kept.title"), body, status: 503 };
    }
  });
}

/**
 * Whether a browser says that another site's page sent a form. Text browsers say nothing, and some
 * that hide where people come from send `Origin: null` even to the same site.
 */
function isFromElsewhere(request: Request): boolean {
  const site = request.headers.get("sec-fetch-site");
  if (site !== null) return site !== "same-origin";
  return request.headers.has("origin") && !isOwnForm(request);
}

function bodyTrouble(error: unknown): BodyError {
  if (error instanceof BodyError) return error;
  throw error;
}

function broken(page: Page, reason: BodyError["reason"] | "elsewhere", status: number) {
  const title = page.t("forms.broken.title");
  return { title, body: <BrokenForm page={page} reason={reason} />, status };
}
