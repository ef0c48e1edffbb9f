import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { wordsFor } from "#lib/words/labels.ts";
import { Portrait } from "./portrait.tsx";

const page = {
  ...wordsFor("en"),
  today: "2026-11-23",
  path: "/",
  href: (path: string) => path,
  term: (_kind: string, id: string) => id,
  region: (code: string) => code,
  place: (city: string) => city,
  site: { name: "Parasol", exitUrl: "https://exit.example/", demo: false, stylesheet: "/s.css" },
};
const draw = (photoId: string | null, shown: "small" | "large") =>
  renderToStaticMarkup(<Portrait page={page} name="Ana X" photoId={photoId} shown={shown} />);

test("a photo comes in three formats from our own origin, with its size and a name", () => {
  const html = draw("abc", "small");
  expect(html).toContain('srcSet="/photos/abc/192.avif" type="image/avif"');
  expect(html).toContain('srcSet="/photos/abc/192.webp" type="image/webp"');
  expect(html).toContain('src="/photos/abc/192.jpg" width="96" height="96" alt="Photo of Ana X"');
  expect(html).toContain('loading="lazy"');
});

test("on a page of its own it is large, and there at once", () => {
  const html = draw("abc", "large");
  expect(html).toContain('src="/photos/abc/640.jpg" width="320" height="320"');
  expect(html).not.toContain("lazy");
});

test("without a photo there are initials, and no request", () => {
  const html = draw(null, "small");
  expect(html).toContain("AX");
  expect(html).not.toMatch(/img|photos/);
});
