import type { BrowserContext, Page, Response } from "@playwright/test";
import { site } from "../support/running-site.ts";

/** Scripts that the few pages with sealed letters run; no other reader page has any. */
const ownScripts = /^\/assets\/(letters|proof-worker)\.js\?v=[0-9a-f]+$/;

/**
 * Opens a page as a reader does, and names in words whatever it should not have done: asked others,
 * sent a script, or left something in the browser.
 */
export async function leftoversOf(
  page: Page,
  path: string,
  { scripts, letters = false }: { scripts: boolean; letters?: boolean },
): Promise<string[]> {
  const wrong: string[] = [];
  const { origin } = new URL(path, site.url);
  const answers: Response[] = [];
  const hear = (answer: Response) => answers.push(answer);
  const ask = (request: { url: () => string }) => {
    if (new URL(request.url()).origin !== origin) wrong.push(`asked ${request.url()}`);
  };
  page.on("response", hear).on("request", ask);
  await page.goto(path);
  await page.waitForLoadState("networkidle");
  page.off("response", hear).off("request", ask);
  for (const answer of answers) wrong.push(...(await wrongIn(answer, letters && scripts)));
  if (!letters && (await page.locator("script").count()) > 0) wrong.push("has a script");
  return [...wrong, ...(await kept(page.context(), page, scripts))];
}

async function wrongIn(answer: Response, mayRun: boolean): Promise<string[]> {
  const { pathname, search } = new URL(answer.url());
  const headers = await answer.allHeaders();
  const wrong = ["set-cookie", "etag", "last-modified", "x-powered-by", "report-to", "link"]
    .filter((name) => headers[name] !== undefined)
    .map((name) => `${name} with ${pathname}`);
  const type = answer.request().resourceType();
  const runs = type === "script" || /javascript/.test(headers["content-type"] ?? "");
  const isOwn = mayRun && ownScripts.test(pathname + search);
  if (runs && !isOwn) wrong.push(`${(await answer.body()).length} bytes of ${pathname}`);
  if (["fetch", "xhr", "websocket", "eventsource", "ping"].includes(type)) {
    wrong.push(`${type} of ${pathname}`);
  }
  return wrong;
}

async function kept(context: BrowserContext, page: Page, scripts: boolean): Promise<string[]> {
  const { cookies, origins } = await context.storageState({ indexedDB: true });
  const wrong = [
    ...cookies.map(({ name }) => `cookie ${name}`),
    ...origins.map(({ origin }) => `storage of ${origin}`),
  ];
  const session = await context.newCDPSession(page);
  const { origin } = new URL(page.url());
  const { usage } = await session.send("Storage.getUsageAndQuota", { origin });
  await session.detach();
  if (usage > 0) wrong.push(`${usage} bytes kept`);
  if (!scripts) return wrong;
  const more = await page.evaluate(async () => ({
    session: sessionStorage.length,
    local: localStorage.length,
    caches: (await globalThis.caches?.keys())?.length ?? 0,
    workers: (await navigator.serviceWorker?.getRegistrations())?.length ?? 0,
    name: window.name.length,
  }));
  const found = Object.entries(more).filter(([, count]) => count > 0);
  return [...wrong, ...found.map(([name, count]) => `${name}: ${count}`)];
}
