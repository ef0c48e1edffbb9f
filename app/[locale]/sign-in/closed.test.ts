import { afterEach, beforeAll, expect, test, vi } from "vitest";
import { sessionCookieName } from "#lib/auth/session-cookie.ts";
import { buildSiteAssets } from "../../../scripts/build/site-assets.ts";
import * as settings from "../(therapist)/account/settings/route.tsx";
import * as confirm from "./confirm/route.tsx";
import * as passkeyAnswer from "./passkey/answer/route.ts";
import * as passkeyOptions from "./passkey/options/route.ts";
import * as signIn from "./route.tsx";
import * as secondFactor from "./second-factor/route.tsx";

type Route = (
  request: Request,
  context: { params: Promise<{ locale: string }> },
) => Promise<Response>;

const origin = "http://127.0.0.1:3000";
// Nobody may be looked up: there is no database here, and asking it would be a 500.
const headers = {
  host: "127.0.0.1:3000",
  origin,
  cookie: `${sessionCookieName}=${"a".repeat(43)}`,
  "content-type": "application/x-www-form-urlencoded",
};

beforeAll(buildSiteAssets);
afterEach(() => vi.unstubAllEnvs());

async function ask(route: Route, path: string, method: "GET" | "POST") {
  vi.stubEnv("AUTH_SECRET", "");
  const body = method === "POST" ? "email=someone@mail.example&token=x" : null;
  const request = new Request(origin + path, { method, headers, body });
  const locale = path.startsWith("/es") ? "es" : "en";
  const answer = await route(request, { params: Promise.resolve({ locale }) });
  return { answer, text: await answer.text() };
}

test.each<[string, Route, "GET" | "POST", string]>([
  ["/sign-in", signIn.GET, "GET", "Accounts are closed here just now"],
  ["/sign-in", signIn.POST, "POST", "Accounts are closed here just now"],
  ["/es/sign-in", signIn.GET, "GET", "Las cuentas están cerradas por ahora"],
  ["/sign-in/confirm?token=x", confirm.GET, "GET", "Accounts are closed here just now"],
  ["/sign-in/confirm", confirm.POST, "POST", "Accounts are closed here just now"],
  ["/sign-in/passkey/options", passkeyOptions.POST, "POST", "failed"],
  ["/sign-in/passkey/answer", passkeyAnswer.POST, "POST", "failed"],
])("without a secret, %s says that accounts are closed", async (path, route, method, words) => {
  const { answer, text } = await ask(route, path, method);
  expect(answer.status).toBe(503);
  expect(text).toContain(words);
  expect(answer.headers.getSetCookie()).toEqual([]);
});

test.each<[string, Route]>([
  ["/account/settings", settings.GET],
  ["/sign-in/second-factor", secondFactor.GET],
])("without a secret, a cookie opens nothing: %s", async (path, route) => {
  const { answer } = await ask(route, path, "GET");
  expect(answer.status).toBe(303);
  expect(answer.headers.get("location")).toMatch(/^\/sign-in\?to=/);
});
