import { beforeAll, describe, expect, test, vi } from "vitest";
import { NotFoundError, UnavailableError } from "#lib/errors.ts";
import { buildSiteAssets } from "../../scripts/build/site-assets.ts";
import { type ReaderAnswer, readerPage } from "./reader-page.tsx";

beforeAll(buildSiteAssets);

async function ask(
  load: () => ReaderAnswer | Promise<ReaderAnswer>,
  path = "/therapists?q=canary",
) {
  const locale = path.startsWith("/es") ? "es" : "en";
  const request = new Request(`http://directory.example${path}`);
  const answer = await readerPage(load)(request, { params: Promise.resolve({ locale }) });
  return { status: answer.status, html: await answer.text(), headers: answer.headers };
}

const fail = (error: unknown) => () => {
  throw error;
};

describe("whatever goes wrong is a designed page", () => {
  test.each([
    [new NotFoundError(), 404, "We cannot find that page", "No encontramos"],
    [new UnavailableError("meilisearch"), 503, "The directory is resting", "El directorio"],
    [
      Object.assign(new Error("wrapped"), {
        cause: Object.assign(new Error("x"), { code: "ECONNREFUSED" }),
      }),
      503,
      "The directory is resting",
      "El directorio",
    ],
  ])("%o", async (error, status, english, spanish) => {
    const inEnglish = await ask(fail(error));
    expect(inEnglish.status).toBe(status);
    expect(inEnglish.html).toContain(english);
    expect((await ask(fail(error), "/es/therapists")).html).toContain(spanish);
  });

  test("a defect is a 500 that tells readers nothing, and operators nothing about readers", async () => {
    const log = vi.spyOn(console, "error").mockImplementation(() => {});
    const { status, html } = await ask(fail(new TypeError("canary in a message")));
    expect(status).toBe(500);
    expect(html).toContain("That did not work");
    expect(html).not.toContain("TypeError");
    const logged = log.mock.calls.flat().join("\n");
    log.mockRestore();
    expect(logged).toContain("TypeError");
    expect(logged).toContain("reader-page.test.tsx");
    expect(logged).not.toContain("canary");
  });
});

test("a page is HTML, says its language, and carries no script", async () => {
  const { status, html, headers } = await ask(
    () => ({ title: "T", body: <p>{"<b>"}</p> }),
    "/es/x",
  );
  expect(status).toBe(200);
  expect(html).toMatch(/^<!doctype html><html lang="es">/);
  expect(html).toContain("<p>&lt;b&gt;</p>");
  expect(html).not.toContain("<script");
  expect(headers.get("content-security-policy")).toContain("default-src 'none'");
});

test("only a page that its therapist opened to search engines may be indexed", async () => {
  expect((await ask(() => ({ title: "T", body: null }))).html).toContain('content="noindex');
  const open = await ask(() => ({ title: "T", body: null, indexable: true }));
  expect(open.html).toContain('content="index');
});
