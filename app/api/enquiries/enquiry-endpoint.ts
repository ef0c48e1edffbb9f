import type { z } from "zod";
import { isOwnForm } from "#app/account/same-origin.ts";
import { readerHeaders } from "#app/reader/html.ts";
import type { ProofProblem } from "#lib/enquiries/rules.ts";
import { BodyError, reportDefect, SetupError, unavailablePart } from "#lib/errors.ts";
import { readBytes } from "#lib/forms/read-form.ts";

/** What went wrong, as a word that the browser's part has words for, and its status. */
const statusOf = {
  malformed: 400,
  elsewhere: 403,
  "no-key": 404,
  "wrong-method": 405,
  "proof-expired": 409,
  "proof-spent": 409,
  "too-large": 413,
  "proof-refused": 422,
  "not-sealed": 422,
  away: 503,
  closed: 503,
} as const satisfies Record<ProofProblem, number> & Record<string, number>;

export type Problem = keyof typeof statusOf;

export type EnquiryAnswer = { problem: Problem } | { status: 200 | 201; json: object };

type Endpoint<S extends z.ZodType> = {
  shape: S;
  maxBytes: number;
  answer: (body: z.output<S>) => Promise<EnquiryAnswer>;
};

/**
 * JSON from a reader's page, and JSON back. No cookie is read or set, nothing of the request is
 * handed on but its body, and whatever happens there is one of the answers above.
 */
export function enquiryEndpoint<S extends z.ZodType>(endpoint: Endpoint<S>) {
  return { POST: responderOf(endpoint), ...otherMethods };
}

const refuse = () => toResponse({ problem: "wrong-method" });
const otherMethods = {
  GET: refuse,
  HEAD: refuse,
  PUT: refuse,
  PATCH: refuse,
  DELETE: refuse,
  OPTIONS: refuse,
};

function responderOf<S extends z.ZodType>(endpoint: Endpoint<S>) {
  return async (request: Request): Promise<Response> => {
    try {
      return toResponse(await answer(request, endpoint));
    } catch (error) {
      if (error instanceof SetupError) return toResponse({ problem: "closed" });
      if (unavailablePart(error) === null) reportDefect(error);
      return toResponse({ problem: "away" });
    }
  };
}

async function answer<S extends z.ZodType>(
  request: Request,
  { shape, maxBytes, answer }: Endpoint<S>,
): Promise<EnquiryAnswer> {
  if (!isFromHere(request)) return { problem: "elsewhere" };
  const sent = await readJson(request, maxBytes);
  if ("problem" in sent) return { problem: sent.problem };
  const parsed = shape.safeParse(sent.json);
  return parsed.success ? answer(parsed.data) : { problem: "malformed" };
}

/** Only scripts of our pages send JSON, and browsers that run them say where they come from. */
function isFromHere(request: Request): boolean {
  const site = request.headers.get("sec-fetch-site");
  return site === null ? isOwnForm(request) : site === "same-origin";
}

async function readJson(
  request: Request,
  maxBytes: number,
): Promise<{ json: unknown } | { problem: "malformed" | "too-large" }> {
  if (!/^application\/json\b/i.test(request.headers.get("content-type") ?? "")) {
    return { problem: "malformed" };
  }
  try {
    return { json: JSON.parse((await readBytes(request, maxBytes)).toString("utf8")) };
  } catch (error) {
    const tooLarge = error instanceof BodyError && error.reason === "too-large";
    return { problem: tooLarge ? "too-large" : "malformed" };
  }
}

function toResponse(given: EnquiryAnswer): Response {
  const [status, json] =
    "problem" in given
      ? [statusOf[given.problem], { problem: given.problem }]
      : [given.status, given.json];
  const headers = new Headers(readerHeaders());
  headers.set("Content-Type", "application/json");
  if (status === statusOf["wrong-method"]) headers.set("Allow", "POST");
  return new Response(JSON.stringify(json), { status, headers });
}
