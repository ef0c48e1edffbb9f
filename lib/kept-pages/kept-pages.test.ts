import { gunzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { finishPage, keptPage, type Making, whileMaking } from "./kept-pages.ts";

const page = { status: 200, headers: { "X-Its": "own" }, html: "<p>page</p>" };
const making = (given: Partial<Making> = {}): Making => ({
  key: "gzip /a",
  stamp: "1 2026-11-23",
  encoding: "gzip",
  announce: () => {},
  ...given,
});

test("a page is given again only while the directory stands still", async () => {
  await whileMaking(making(), () => finishPage(page, { keep: true }));
  const kept = keptPage("gzip /a", "1 2026-11-23");
  expect(kept && gunzipSync(kept.body).toString()).toBe("<p>page</p>");
  expect(kept?.headers).toMatchObject({ "X-Its": "own", "Content-Encoding": "gzip" });
  expect(keptPage("gzip /a", "2 2026-11-23")).toBeUndefined();
  expect(keptPage("gzip /a", "1 2026-11-24")).toBeUndefined();
  expect(keptPage("br /a", "1 2026-11-23")).toBeUndefined();
});

test("what goes out is announced as it is", async () => {
  let announced = {};
  const announce = (headers: object) => {
    announced = headers;
  };
  const body = await whileMaking(making({ announce }), () => finishPage(page, { keep: false }));
  expect(announced).toEqual({
    "Content-Encoding": "gzip",
    "Content-Length": String(body.byteLength),
  });
});

test("nothing is kept that was not to be, or while nobody knows how the directory stands", async () => {
  await whileMaking(making({ key: "gzip /b" }), () => finishPage(page, { keep: false }));
  expect(keptPage("gzip /b", "1 2026-11-23")).toBeUndefined();
  await whileMaking(making({ key: "gzip /c", stamp: null }), () =>
    finishPage(page, { keep: true }),
  );
  expect(keptPage("gzip /c", "1 2026-11-23")).toBeUndefined();
});

test("without our server around it, a page is its HTML", async () => {
  expect((await finishPage(page, { keep: true })).toString()).toBe("<p>page</p>");
});
