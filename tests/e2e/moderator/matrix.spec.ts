import { readFileSync } from "node:fs";
import { type APIRequestContext, expect, type PlaywrightWorkerArgs, test } from "@playwright/test";
import { newAddress, signIn } from "../sign-in.ts";
import { addressOf, type Staff, stateOf } from "../staff.ts";
import { type Asker, askers, matrix, type Way } from "./matrix.ts";

/** Paths of the built site below the language, from the manifest that the build wrote itself. */
function builtRoutes(): string[] {
  const manifest: Record<string, string> = JSON.parse(
    readFileSync(".next/app-path-routes-manifest.json", "utf8"),
  );
  return Object.values(manifest)
    .filter((path) => path.startsWith("/[locale]"))
    .map((path) => path.slice("/[locale]".length));
}

test("the matrix has every route of the build, and no other", () => {
  expect(Object.keys(matrix).toSorted()).toEqual(builtRoutes().toSorted());
});

// In order and in one process: everyone signs in once.
test.describe.configure({ mode: "default" });

const contexts = new Map<Asker, APIRequestContext>();

test.beforeAll(async ({ browser, playwright }, { project }) => {
  const { baseURL = "" } = project.use;
  const cookies = async (address: string) => {
    const context = await browser.newContext();
    await signIn(await context.newPage(), address);
    return context.storageState();
  };
  for (const asker of askers) {
    if (asker === "nobody") contexts.set(asker, await contextOf(playwright, baseURL));
    else if (asker === "therapist") {
      contexts.set(asker, await contextOf(playwright, baseURL, await cookies(newAddress())));
    } else if (asker === "without-second-factor") {
      const address = addressOf("thea-therapist-moderator");
      contexts.set(asker, await contextOf(playwright, baseURL, await cookies(address)));
    } else contexts.set(asker, await contextOf(playwright, baseURL, stateOf(asker)));
  }
});

test.afterAll(async () => {
  for (const context of contexts.values()) await context.dispose();
});

type State = Parameters<PlaywrightWorkerArgs["playwright"]["request"]["newContext"]>[0];

function contextOf(
  { request }: PlaywrightWorkerArgs["playwright"],
  baseURL: string,
  storageState?: NonNullable<State>["storageState"],
) {
  const extraHTTPHeaders = { origin: new URL(baseURL).origin };
  return request.newContext({ baseURL, extraHTTPHeaders, ...(storageState && { storageState }) });
}

async function ask(asker: Asker, method: "GET" | "POST", path: string) {
  const context = contexts.get(asker);
  if (!context) throw new Error(`${asker} is not there`);
  const answer = await context.fetch(path, {
    method,
    maxRedirects: 0,
    ...(method === "POST" && { form: { intent: "no-such-intent" } }),
  });
  return { status: answer.status(), to: answer.headers().location ?? "" };
}

const fill = (path: string, values: Readonly<Record<string, string>> = {}) =>
  path.replaceAll(/\[([^\]]+)\]/g, (_, name: string) => values[name] ?? "missing") || "/";

/** How the door was: open, or one of the ways in which it is closed. */
function door({ status, to }: { status: number; to: string }): string {
  if (status >= 500) return `failed with ${status}`;
  if (status === 401 || /^\/sign-in\?/.test(to)) return "sign in";
  if (/^\/sign-in\/second-factor|^\/account\/settings\/second-factor/.test(to))
    return "second factor";
  return status === 404 ? "nothing here" : "in";
}

function expectedDoor(way: Way, asker: Asker, path: string): string {
  if (way.open === "everyone") return "in";
  if (asker === "nobody") return "sign in";
  if (way.open === "signed-in") return "in";
  if (asker === "without-second-factor") {
    // Thea is a therapist too: her own pages are open to her without a second factor.
    if (!path.startsWith("/moderation")) return "in";
    const roles: readonly Staff[] = ["mo-moderator"];
    return roles.some((role) => way.open.includes(role)) ? "second factor" : "nothing here";
  }
  return way.open.includes(asker) ? "in" : "nothing here";
}

/** Answered in a way of their own to whoever is not signed in: not settled yet. */
const unsettled = [
  "/account/settings/passkeys/answer",
  "/account/settings/passkeys/options",
  "/account/settings/recovery-codes",
];

for (const [path, way] of Object.entries(matrix)) {
  (unsettled.includes(path) ? test.fixme : test)(`${path || "/"}: each role`, async () => {
    for (const asker of way.endsSession ? (["nobody"] as const) : askers) {
      for (const method of ["GET", "POST"] as const) {
        const at = `${method} ${fill(path, way.real ?? way.foreign)} as ${asker}`;
        const answer = await ask(asker, method, fill(path, way.real ?? way.foreign));
        const allowed = expectedDoor(way, asker, path);
        const found = door(answer);
        expect(answer.status, at).toBeLessThan(500);
        if (allowed === "in") {
          // What is not theirs, or not there, and forms that ask for nothing we know: nothing here.
          if (way.methods.includes(method)) expect(["in", "nothing here"], at).toContain(found);
        } else if (way.methods.includes(method)) {
          expect([at, found]).toEqual([at, allowed]);
        }
      }
    }
  });
}
