import { renderToStaticMarkup } from "react-dom/server";
import { beforeAll, expect, test } from "vitest";
import { pageFor } from "#app/reader/page-for.ts";
import type { StuckMails } from "#lib/mails/queries.ts";
import { buildSiteAssets } from "../../scripts/build/site-assets.ts";
import { StuckMailList } from "./stuck-mail-list.tsx";

beforeAll(buildSiteAssets);

const draw = (locale: "en" | "es", mails: StuckMails, gone = false) => {
  const page = pageFor(locale, new URL("http://directory.example/moderation/mails"));
  return renderToStaticMarkup(<StuckMailList page={page} mails={mails} gone={gone} />);
};
const hours = (count: number) => new Date(Date.now() - count * 3_600_000);
const shown: StuckMails["shown"] = [
  { id: "one", kind: "sign-in", state: "failed", lastError: "EENVELOPE 550", createdAt: hours(50) },
  { id: "two", kind: "invitation", state: "failed", lastError: "unreadable", createdAt: hours(0) },
  { id: "three", kind: "listing-hidden", state: "waiting", lastError: null, createdAt: hours(0) },
];

test("each says what it is, how it stands and why, and has a button of its own", () => {
  const html = draw("en", { shown, total: 3 });
  expect(html).toContain("Sign-in link");
  expect(html).toContain("<code>EENVELOPE 550</code>");
  expect(html).toContain("sealed with another master key");
  expect(html).toContain("not tried yet");
  expect(html).toMatch(/aria-label="Try again: Sign-in link, Given up, [23] days"[^>]*>/);
  expect(html.match(/name="mail" value="(one|two|three)"|value="(one|two|three)"/g)).toHaveLength(
    3,
  );
  expect(html).toContain("Try all 3 again");
  expect(draw("es", { shown, total: 3 })).toContain("Intentar los 3 otra vez");
});

test("more than fit are counted, none at all is said, and a late press is told so", () => {
  expect(draw("en", { shown, total: 500 })).toContain("The 3 oldest of 500.");
  const nothing = draw("en", { shown: [], total: 0 }, true);
  expect(nothing).toContain("Nothing is stuck.");
  expect(nothing).toContain('role="alert"');
  expect(nothing).not.toContain("<button");
});
