import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import type { Hold } from "#lib/holds/queries.ts";
import { locales, wordsFor } from "#lib/words/labels.ts";
import type { FormView } from "../forms/form-view.ts";
import type { Page } from "../ui/page.ts";
import { HoldsView } from "./holds-view.tsx";

const hold: Hold = {
  id: "h1",
  slug: "quill-x7k2",
  displayName: null,
  reason: "A court <asked> for them.",
  setBy: "Lee",
  setAt: new Date("2026-11-02T10:00:00Z"),
  liftedBy: null,
  liftedAt: null,
  documents: 2,
};
const lifted: Hold = {
  ...hold,
  id: "h2",
  liftedBy: "",
  liftedAt: new Date("2026-11-20T10:00:00Z"),
};

function draw(locale: (typeof locales)[number], holds: Hold[], mayChange: boolean): string {
  const page = { ...wordsFor(locale), href: (path: string) => path } as Page;
  const form: FormView = { page, typed: {}, errors: {}, label: (field) => field };
  return renderToStaticMarkup(
    <HoldsView form={form} holds={holds} mayChange={mayChange} said={null} />,
  );
}

test.each(locales)("in %s: an auditor reads, a lead sets and lifts what is on", (locale) => {
  const read = draw(locale, [hold, lifted], false);
  expect(read).toContain("A court &lt;asked&gt; for them.");
  expect(read).toContain("quill-x7k2");
  expect(read).not.toContain("<form");
  const led = draw(locale, [hold, lifted], true);
  expect([...led.matchAll(/ value="(h\d)"/g)].map(([, id]) => id)).toEqual(["h1"]);
  expect(led).toContain('name="lift"');
  expect(led).toContain('name="reason"');
});

test("says who and when, and that somebody is gone", () => {
  const html = draw("en", [lifted], false);
  expect(html).toContain("No hold is on.");
  expect(html).toContain("Set on 2 November 2026 by Lee.");
  expect(html).toContain("Lifted on 20 November 2026 by someone who has left.");
  expect(html).toContain("2 documents.");
});
