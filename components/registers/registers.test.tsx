import { renderToStaticMarkup } from "react-dom/server";
import { beforeAll, expect, test } from "vitest";
import { pageFor } from "#app/reader/page-for.ts";
import type { Findings, SourceList as Sources } from "#lib/registers/queries.ts";
import { registerFaults } from "#lib/registers/rules.ts";
import { agreements, factNames, readings } from "#lib/registers/schema.ts";
import { buildSiteAssets } from "../../scripts/build/site-assets.ts";
import { FindingList } from "./finding-list.tsx";
import { SourceList } from "./source-list.tsx";

beforeAll(buildSiteAssets);

const page = (locale: "en" | "es") =>
  pageFor(locale, new URL("http://directory.example/moderation/registers"));
const finding: Findings[number] = {
  id: "finding-1",
  sourceId: "leie",
  sourceName: null,
  checkId: "check-1",
  credentialId: null,
  strength: "name",
  statusText: "1128b4",
  sourceAsOf: "2026-11-10",
  state: "proposed",
  foundAt: new Date("2026-11-23T05:00:00Z"),
  facts: [
    { name: "name", value: "NIGHTINGALE, <b>QUILL</b>" },
    { name: "nameAgrees", value: "yes" },
    { name: "exclusionDate", value: "2024-01-18" },
    { name: "others", value: "3" },
  ],
};
const findings = (locale: "en" | "es", ...list: Findings) =>
  renderToStaticMarkup(
    <FindingList page={page(locale)} findings={list} path="/moderation/cases/case-1" />,
  );

test("a finding says how sure it is, what the register says, and offers both ways", () => {
  const html = findings("en", finding);
  expect(html).toContain("LEIE, the US list of excluded people");
  expect(html).toContain("The name alone matches: many people share it.");
  expect(html).toContain("<dt>Status</dt><dd>“1128b4”</dd>");
  expect(html).toContain("NIGHTINGALE, &lt;b&gt;QUILL");
  expect(html).toContain("<dt>Excluded on</dt><dd>18 January 2024</dd>");
  expect(html).toContain("<dd>3 more</dd>");
  expect(html).toContain("content is from 10 November 2026");
  expect(html).toContain('action="/moderation/cases/case-1"');
  expect(html).toContain('name="finding" value="finding-1"');
  expect(html).toMatch(/value="use-finding" aria-label="It is them: LEIE[^>]*name="intent"/);
  expect(html).toMatch(/value="dismiss-finding" aria-label="Put aside: LEIE[^>]*name="intent"/);
  expect(findings("es", finding)).toContain('action="/es/moderation/cases/case-1"');
});

test("a settled one has no buttons, a roster its own name, and none at all is nothing", () => {
  const settled = { ...finding, state: "used" as const, sourceId: "csv:x", sourceName: "Boards" };
  expect(findings("en", settled)).toContain("<strong>Boards</strong>");
  expect(findings("en", settled)).not.toContain("<button");
  expect(findings("en", { ...settled, sourceName: null })).toContain("<strong>csv:x</strong>");
  expect(findings("en")).toBe("");
});

test.each(["en", "es"] as const)("everything that can be a fact has words in %s", (locale) => {
  for (const name of factNames) {
    for (const value of [...agreements, ...readings, "2024-13-99", "7", ""]) {
      const html = findings(locale, { ...finding, facts: [{ name, value }] });
      expect(html).not.toContain("registers.");
    }
  }
});

const source: Sources["sources"][number] = {
  id: "leie",
  name: null,
  from: "https://oig.example/UPDATED.csv",
  isFile: true,
  mayRead: true,
  lastTriedAt: new Date("2026-11-23T05:07:00Z"),
  lastGoodAt: null,
  fault: { fault: "wrong-columns", detail: "NPI" },
  sourceAsOf: null,
  rows: 80123,
};
const sources = (list: Partial<Sources> = {}, locale: "en" | "es" = "en", asked = false) =>
  renderToStaticMarkup(
    <SourceList
      page={page(locale)}
      list={{ on: true, problem: null, confirm: null, sources: [source], ...list }}
      asked={asked}
    />,
  );

test("a register says when it was tried, what went wrong, and can be read now", () => {
  const html = sources();
  expect(html).toContain("missing in the file, or there twice: NPI.");
  expect(html).toContain("23 November 2026, 05:07 UTC");
  expect(html).toContain("<dt>Last read well</dt><dd>not yet</dd>");
  expect(html).toContain("<dt>Rows</dt><dd>80,123</dd>");
  expect(html).toMatch(/value="leie" aria-label="Read now: LEIE[^>]*name="source"/);
  expect(sources({}, "en", true)).toContain('role="status"');
});

test("an API has no file to read; whoever may not has no button; off is said", () => {
  const html = sources({ sources: [{ ...source, isFile: false, mayRead: false, fault: null }] });
  expect(html).not.toMatch(/<button|<dt>Rows|went wrong/);
  expect(sources({ on: false })).toContain("switched off");
  expect(sources({ problem: "registers.0.id: <oops>" })).toContain("registers.0.id: &lt;oops&gt;");
});

test("the exclusion list is confirmed by a button that says for how many, and of which day", () => {
  const confirm = { asOf: "2026-11-10", people: 1873, more: false };
  const html = sources({ confirm });
  expect(html).toContain('action="/moderation/registers/exclusions"');
  expect(html).toMatch(
    /<button[^>]*value="2026-11-10"[^>]*name="asOf"|<button[^>]*name="asOf"[^>]*value="2026-11-10"/,
  );
  expect(html).toContain(
    "Confirm for 1,873 therapists: no one in the file of 10 November 2026 has their name",
  );
  const many = sources({ confirm: { ...confirm, people: 2000, more: true } });
  expect(many).toContain("Confirm for more than 2,000 therapists: no one");
  expect(sources({ confirm }, "es")).toContain("nadie en el archivo del 10 de noviembre de 2026");
  expect(sources({ confirm: { ...confirm, people: 0 } })).not.toContain("exclusions");
  expect(sources()).not.toContain("exclusions");
});

test.each(["en", "es"] as const)("every fault has words in %s", (locale) => {
  for (const fault of registerFaults) {
    const html = sources({ sources: [{ ...source, fault: { fault, detail: "X1" } }] }, locale);
    expect(html).not.toContain(`registers.fault`);
  }
});
