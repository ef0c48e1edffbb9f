import { renderToStaticMarkup } from "react-dom/server";
import { beforeAll, expect, test } from "vitest";
import { pageFor } from "#app/reader/page-for.ts";
import { reportKinds } from "#db/vocabulary.ts";
import type { ReportView } from "#lib/reports/queries.ts";
import { buildSiteAssets } from "../../scripts/build/site-assets.ts";
import { ReportList } from "./report-list.tsx";

beforeAll(buildSiteAssets);

const draw = (reports: readonly ReportView[], locale: "en" | "es" = "en") => {
  const page = pageFor(locale, new URL("http://directory.example/moderation/cases/c"));
  return renderToStaticMarkup(<ReportList page={page} reports={reports} />);
};
const report = (change: Partial<ReportView> = {}): ReportView => ({
  id: "r1",
  kind: "harm",
  receivedOn: "2026-11-23",
  words: null,
  upheld: null,
  answerable: false,
  ...change,
});
const buttons = (html: string) => [...html.matchAll(/value="([\w-]+-report)"/g)].map(([, v]) => v);

test("each says what it is and what to do first, in both languages", () => {
  const all = reportKinds.map((kind) => report({ id: kind, kind }));
  const html = draw(all);
  expect(html).toContain("5 reports from readers");
  expect(html).toContain("Came in on 23 November 2026.");
  expect(html).toContain("hide the listing first, then ask");
  expect(html).toContain("Ask the therapist whether their openings are still right.");
  for (const kind of reportKinds) expect(html).toContain(`name="report" value="${kind}"`);
  expect(draw(all, "es")).toContain("Llegó el 23 de noviembre de 2026.");
});

test("what is settled offers the other answer alone", () => {
  expect(buttons(draw([report()]))).toEqual(["uphold-report", "dismiss-report"]);
  expect(buttons(draw([report({ upheld: true })]))).toEqual(["dismiss-report"]);
  expect(buttons(draw([report({ upheld: false })]))).toEqual(["uphold-report"]);
});

test("words stay words: no markup, and no turning the page around", () => {
  const html = draw([report({ words: "<script>alert(1)</script>\n\u202eabc" })]);
  expect(html).toContain('<blockquote dir="auto">&lt;script&gt;alert(1)&lt;/script&gt;\n\u202eabc');
  expect(html).not.toContain("<script");
  expect(draw([report()])).toContain("wrote nothing more");
});

test("only what left a way back can be answered", () => {
  expect(draw([report()])).not.toContain('value="answer-report"');
  const html = draw([report({ answerable: true }), report({ id: "r2" })]);
  expect(html.match(/value="answer-report"/g)).toHaveLength(1);
  expect(html).toContain("14 days at /replies");
});

test("none at all is said", () => {
  expect(draw([])).toContain("No reports from readers");
});
