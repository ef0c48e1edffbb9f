import { renderToStaticMarkup } from "react-dom/server";
import { beforeAll, expect, test } from "vitest";
import { pageFor } from "#app/reader/page-for.ts";
import { buildSiteAssets } from "../../scripts/build/site-assets.ts";
import { type ClosedBecause, DocumentClosed } from "./document-closed.tsx";

beforeAll(buildSiteAssets);

const draw = (why: ClosedBecause, locale: "en" | "es" = "en") => {
  const path = `${locale === "es" ? "/es" : ""}/moderation/evidence/d`;
  const address = new URL(path, "http://directory.example");
  return renderToStaticMarkup(<DocumentClosed page={pageFor(locale, address)} why={why} />);
};
const links = (html: string) => [...html.matchAll(/<a [^>]*href="([^"]*)"/g)].map(([, to]) => to);

test("the way back stands beside the document, and leads to it", () => {
  const to = "to=%2Fmoderation%2Fevidence%2Fd";
  const closed = draw("closed");
  expect(links(closed)).toEqual([`/sign-in/second-factor?${to}`, "/moderation/evidence/d"]);
  expect(closed).toContain('target="_blank" rel="noopener"');
  expect(links(draw("signedOut"))).toEqual([`/sign-in?${to}`, "/moderation/evidence/d"]);
  expect(links(draw("closed", "es"))[0]).toBe(`/es/sign-in/second-factor?${to}`);
});

test("what is gone is not offered again, and what is away is", () => {
  expect(links(draw("gone"))).toEqual([]);
  expect(links(draw("away"))).toEqual(["/moderation/evidence/d"]);
});
