import { renderToStaticMarkup } from "react-dom/server";
import { beforeAll, expect, test } from "vitest";
import { pageFor } from "#app/reader/page-for.ts";
import { chainFaults, emptyHead } from "#lib/audit/rules.ts";
import type { AuditPage } from "#lib/auditing/queries.ts";
import { buildSiteAssets } from "../../scripts/build/site-assets.ts";
import { AuditView } from "./audit-view.tsx";
import type { CheckResult } from "./chain-check.tsx";

beforeAll(buildSiteAssets);

const head = { seq: 12, hash: "ab".repeat(32) };
const event: AuditPage["shown"][number] = {
  id: 31,
  at: new Date("2026-11-23T09:30:15.500Z"),
  actorId: "person-1",
  name: "Mo Example",
  verb: "case.claim",
  subjectKind: "case",
  subjectId: "<c1>",
  details: { kind: "complaint", people: 2, fields: ["a"] },
  seq: 12,
};
const none = { verb: null, who: null, kind: null, subject: null, from: null, to: null };

function draw(
  locale: "en" | "es",
  given: { events?: Partial<AuditPage>; verdict?: CheckResult; typed?: Record<string, string[]> },
) {
  const page = pageFor(locale, new URL("http://directory.example/moderation/audit?verb=case."));
  const form = { page, typed: given.typed ?? {}, errors: {}, label: (field: string) => field };
  const events = { shown: [event], older: null, total: 1, head, ...given.events };
  return renderToStaticMarkup(
    <AuditView
      form={form}
      filters={{ ...none, verb: "case." }}
      events={events}
      newest
      verdict={given.verdict ?? null}
    />,
  );
}

test("an event says when, who, what and to what, each a way to more like it", () => {
  const html = draw("en", {});
  expect(html).toContain("2026-11-23 09:30:15");
  expect(html).toMatch(/href="\/moderation\/audit\?who=person-1"[^>]*>Mo Example</);
  expect(html).toMatch(/href="\/moderation\/audit\?kind=case&amp;subject=%3Cc1%3E"/);
  expect(html).toContain("<code>people: 2</code>");
  expect(html).toContain(`12:${head.hash}`);
  expect(html).not.toContain('rel="next"');
});

test("filters stay in the ways to older events and to the export", () => {
  const html = draw("es", { events: { older: 31 } });
  expect(html).toContain('href="/es/moderation/audit?verb=case.&amp;before=31" rel="next"');
  expect(html).toContain('href="/es/moderation/audit/export?verb=case.&amp;format=csv"');
});

test("what a job did is nobody's, and somebody without a name is an id", () => {
  expect(draw("en", { events: { shown: [{ ...event, actorId: null, name: null }] } })).toMatch(
    /who=-"[^>]*>the site itself</,
  );
  expect(draw("en", { events: { shown: [{ ...event, name: null }] } })).toMatch(/>person-1</);
});

test.each(["en", "es"] as const)("every outcome of a check has its words in %s", (locale) => {
  const said = new Set<string>();
  for (const fault of chainFaults) {
    const html = draw(locale, { verdict: { fault: { fault, seq: 7, eventId: "9" }, rows: 6 } });
    said.add(/<strong>.*?<\/strong>(.*?)<\/p>/.exec(html)?.[1] ?? "");
    expect(html).toMatch(/role="alert"/);
  }
  expect(said.size).toBe(chainFaults.length);
  const well = { fault: null, rows: 12, head };
  expect(draw(locale, { verdict: well })).toMatch(/class="saved"[^<]*>[^<]*12/);
  expect(draw(locale, { verdict: { fault: null, rows: 0, head: emptyHead } })).toContain("saved");
  expect(draw(locale, { verdict: "too-long" })).toContain("npm run audit -- verify");
});

test("a kept head is thanked for only where one was given", () => {
  const verdict = { fault: null, rows: 12, head };
  expect(draw("en", { verdict })).not.toContain("head that you kept.");
  const typed = { head: [`12:${head.hash}`] };
  expect(draw("en", { verdict, typed })).toContain("goes on from the head that you kept");
});
