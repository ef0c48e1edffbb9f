import type { z } from "zod";
import { pageFor } from "#app/reader/page-for.ts";
import type { Page } from "#components/ui/page.ts";
import { accountsOpen } from "#lib/auth/ask-auth.ts";
import { readSession } from "#lib/auth/read-session.ts";
import type { Session } from "#lib/auth/rules.ts";
import { type RelyingParty, relyingParty } from "#lib/auth/site-origin.ts";
import { BodyError, ConflictError, unavailablePart } from "#lib/errors.ts";
import { readBytes } from "#lib/forms/read-form.ts";
import { logDefect } from "#lib/logs/log.ts";
import { type Access, wayIn } from "./access.ts";
import { staffHeaders } from "./respond.tsx";
import { isOwnForm } from "./same-origin.ts";

/** What the browser's part has words for. */
type Problem = "refused" | "signed-out" | "too-many" | "name" | "failed";

export type PasskeyAnswer = { json: object; cookies?: readonly string[] } | { problem: Problem };

type Asked<B, A extends Access> = {
  request: Request;
  page: Page;
  body: B;
  site: RelyingParty;
  session: A extends "anyone" ? Session | null : Session;
};

type Endpoint<S extends z.ZodType, A extends Access> = {
  access: A;
  shape: S;
  answer: (asked: Asked<z.output<S>, A>) => Promise<PasskeyAnswer>;
};

/** Far above what devices send. */
const MAX_BYTES = 64_000;

/** A step of a passkey ceremony: takes JSON from a page of ours, and gives JSON. */
export function passkeyEndpoint<S extends z.ZodType, A extends Access>(endpoint: Endpoint<S, A>) {
  return async (
    request: Request,
    context: { params: Promise<{ locale: string }> },
  ): Promise<Response> => {
    const { locale } = await context.params;
    try {
      const page = pageFor(locale, new URL(request.url), request.headers.get("host"));
      return await answer(request, page, endpoint);
    } catch (error) {
      if (error instanceof BodyError) return problem("failed", 400);
      if (error instanceof ConflictError) return problem("too-many", 409);
      if (unavailablePart(error) !== null) return problem("failed", 503);
      logDefect(error, { part: "web", area: "passkeys" });
      return problem("failed", 500);
    }
  };
}

async function answer<S extends z.ZodType, A extends Access>(
  request: Request,
  page: Page,
  { access, shape, answer }: Endpoint<S, A>,
): Promise<Response> {
  if (!isOwnForm(request)) return problem("failed", 403);
  if (!accountsOpen()) return problem("failed", 503);
  const site = relyingParty(request.headers.get("host"));
  if (site === null) return problem("failed", 404);
  const { session, cookies } = await readSession(request);
  if (wayIn(access, session) !== "in") return problem("signed-out", 401);
  const parsed = shape.safeParse(await readJson(request));
  if (!parsed.success) {
    const named = parsed.error.issues.some((issue) => issue.path[0] === "name");
    return problem(named ? "name" : "refused", 422);
  }
  // `wayIn` has just seen to it that a session is there wherever the endpoint wants one.
  const asked = { request, page, body: parsed.data, site, session } as Asked<z.output<S>, A>;
  const given = await answer(asked);
  if ("problem" in given) return problem(given.problem, 422, cookies);
  return json(given.json, 200, given.cookies ?? cookies);
}

async function readJson(request: Request): Promise<unknown> {
  if (!/^application\/json\b/i.test(request.headers.get("content-type") ?? "")) {
    throw new BodyError("no-form");
  }
  const bytes = await readBytes(request, MAX_BYTES);
  try {
    return JSON.parse(bytes.toString("utf8"));
  } catch {
    throw new BodyError("broken");
  }
}

const problem = (name: Problem, status: number, cookies: readonly string[] = []) =>
  json({ problem: name }, status, cookies);

function json(value: object, status: number, cookies: readonly string[]): Response {
  const headers = staffHeaders({ "Content-Type": "application/json", cookies });
  return new Response(JSON.stringify(value), { status, headers });
}
