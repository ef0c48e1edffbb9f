import type { ReactNode } from "react";
import { pageFor } from "#app/reader/page-for.ts";
import { accountStylesheet } from "#app/reader/site.ts";
import { type AccountArea, AccountHeader } from "#components/account/account-header.tsx";
import { BrokenForm } from "#components/account/broken-form.tsx";
import { KeptForm } from "#components/account/kept-form.tsx";
import { Message } from "#components/layout/message.tsx";
import type { Page } from "#components/ui/page.ts";
import { readSession } from "#lib/auth/read-session.ts";
import type { Session } from "#lib/auth/rules.ts";
import {
  BodyError,
  ConflictError,
  type ConflictReason,
  NotFoundError,
  unavailablePart,
} from "#lib/errors.ts";
import { FORM_BYTES, readForm } from "#lib/forms/read-form.ts";
import { type Typed, typedOf } from "#lib/forms/rules.ts";
import { logDefect } from "#lib/logs/log.ts";
import { type Access, type Fresh, type WayIn, wayIn } from "./access.ts";
import { respond, type StaffHeaders, seeOther } from "./respond.tsx";
import { isOwnForm } from "./same-origin.ts";

type Params = { locale: string };

export type AccountRequest<P extends Params = Params> = {
  page: Page;
  /** Null only on pages that are open to everyone. */
  session: Session | null;
  query: URLSearchParams;
  params: P;
  request: Request;
};

export type SentForm<P extends Params = Params> = AccountRequest<P> & {
  form: FormData;
  typed: Typed;
};

export type AccountAnswer =
  | {
      title: string;
      body: ReactNode;
      status?: number;
      headers?: StaffHeaders;
      /** True on the few pages that seal or open letters. */
      seals?: boolean;
    }
  /** A path of ours without its language, such as `/account`. */
  | { to: string; headers?: StaffHeaders }
  | Response;

type SignedIn<R> = Omit<R, "session"> & { session: Session };

export type AccountPage<P extends Params, A extends Access> = {
  access: A;
  /** Where the second factor must have been shown within the last minutes. */
  fresh?: Fresh;
  /** The part of the account that the header marks. */
  area?: AccountArea;
  /** Bytes that a form sent here may have. */
  maxBytes?: number;
  /** False where what was typed must never be written into a page again. */
  keepsTyped?: boolean;
  /** What stands in a frame of ours instead: pages that lead elsewhere refuse to be in one. */
  inFrame?: (page: Page, why: NotInFrame) => Response;
  get?: (request: Handed<AccountRequest<P>, A>) => AccountAnswer | Promise<AccountAnswer>;
  post?: (request: Handed<SentForm<P>, A>) => AccountAnswer | Promise<AccountAnswer>;
};

export type NotInFrame = Exclude<WayIn, "in" | "hidden"> | "notFound" | "unavailable";

type Handed<R, A extends Access> = A extends "anyone" ? R : SignedIn<R>;

/**
 * A page for people with an account: who may -> load -> render, and for forms: who may -> shape ->
 * command -> see other. Works without scripts; what was typed survives a lost session, a lost
 * database and every mistake (docs/decisions/0013).
 */
export function accountPage<A extends Access, P extends Params = Params>(
  pageOf: AccountPage<P, A>,
) {
  const answer = async (request: Request, context: { params: Promise<P> }): Promise<Response> => {
    const params = await context.params;
    const url = new URL(request.url);
    const asReader = pageFor(params.locale, url, request.headers.get("host"));
    const page = { ...asReader, site: { ...asReader.site, stylesheet: accountStylesheet() } };
    const sent = request.method === "POST";
    const asked = { page, query: url.searchParams, params, request };
    let session: Session | null = null;
    let form: FormData | null = null;
    let cookies: readonly string[] = [];
    const finish = async (given: AccountAnswer) =>
      given instanceof Response
        ? given
        : "to" in given
          ? seeOther(page.href(given.to), withCookies(given.headers, cookies))
          : respond({
              page,
              ...given,
              headers: withCookies(given.headers, cookies),
              header: header(),
            });
    const framed = request.headers.get("sec-fetch-dest") === "iframe" ? pageOf.inFrame : undefined;
    const header = () => <AccountHeader page={page} session={session} area={pageOf.area ?? null} />;
    try {
      if (sent && !isOwnForm(request)) return await finish(broken(page, "elsewhere", 403));
      const read = await readSession(request);
      session = read.session;
      cookies = read.cookies;
      const way = wayIn(pageOf.access, session, pageOf.fresh);
      if (way === "hidden") throw new NotFoundError();
      // Whoever may not come in sends no more than a form of text has, whatever the page takes.
      const maxBytes = way === "in" ? (pageOf.maxBytes ?? FORM_BYTES) : FORM_BYTES;
      if (sent) form = await readForm(request, maxBytes);
      if (way === "sign-in" && sent)
        return await finish(kept(page, form ?? new FormData(), "signedOut", pageOf));
      if (way === "second-factor" && sent)
        return await finish(kept(page, form ?? new FormData(), "secondFactor", pageOf));
      if (way !== "in") return framed?.(page, way) ?? (await finish({ to: wayTo(way, page.path) }));
      const sentForm = form ?? new FormData();
      const typed = typedOf(sentForm.entries());
      // `wayIn` has just seen to it that a session is there wherever the page wants one.
      const handed = { ...asked, session, form: sentForm, typed } as Handed<SentForm<P>, A>;
      const handler = sent ? pageOf.post : pageOf.get;
      if (!handler) return await finish(notTaken(page, sent));
      return await finish(await handler(handed));
    } catch (error) {
      if (error instanceof BodyError) {
        return finish(broken(page, error.reason, error.reason === "too-large" ? 413 : 400));
      }
      if (error instanceof ConflictError) return finish(conflicted(page, error.reason));
      if (error instanceof NotFoundError) {
        return framed?.(page, "notFound") ?? finish(message(page, "notFound", 404));
      }
      if (unavailablePart(error) !== null) {
        if (!sent) {
          return framed?.(page, "unavailable") ?? finish(message(page, "unavailable", 503));
        }
        form ??= await readForm(request).catch(() => new FormData());
        return finish(kept(page, form, "away", pageOf));
      }
      logDefect(error, { part: "web", area: pageOf.area ?? "account" });
      return finish(message(page, "failure", 500));
    }
  };
  return { GET: answer, POST: answer };
}

/** Those of the session, and those that the page sets itself. */
function withCookies(headers: StaffHeaders = {}, cookies: readonly string[] = []): StaffHeaders {
  return { ...headers, cookies: [...cookies, ...(headers.cookies ?? [])] };
}

function message(page: Page, name: "notFound" | "unavailable" | "failure", status: number) {
  return { title: page.t(`${name}.title`), body: <Message page={page} message={name} />, status };
}

/** The page is there, and has nothing to send, or nothing to see. */
function notTaken(page: Page, sent: boolean) {
  return { ...message(page, "notFound", 405), headers: { Allow: sent ? "GET, HEAD" : "POST" } };
}

function broken(page: Page, reason: BodyError["reason"] | "elsewhere", status: number) {
  const title = page.t("forms.broken.title");
  return { title, body: <BrokenForm page={page} reason={reason} />, status };
}

/** Where a page does not say it better itself. */
function conflicted(page: Page, reason: ConflictReason) {
  const title = page.t("forms.broken.title");
  return { title, body: <BrokenForm page={page} reason={reason} />, status: 409 };
}

/** What was typed, in a page that can send it again. */
function kept(
  page: Page,
  form: FormData,
  why: "signedOut" | "secondFactor" | "away",
  { keepsTyped = true }: { keepsTyped?: boolean },
) {
  const fields = keepsTyped ? [...form.entries()] : [];
  const title = page.t("forms.kept.title");
  const status = why === "away" ? 503 : 401;
  return { title, body: <KeptForm page={page} why={why} fields={fields} />, status };
}

function wayTo(way: "sign-in" | "second-factor" | "set-up-second-factor", path: string): string {
  if (way === "set-up-second-factor") return "/account/settings/second-factor";
  const to = new URLSearchParams({ to: path }).toString();
  return way === "sign-in" ? `/sign-in?${to}` : `/sign-in/second-factor?${to}`;
}
