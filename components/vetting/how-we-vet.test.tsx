import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, test } from "vitest";
import { claimTypes, type DecisionAction, decisionActions } from "#db/vocabulary.ts";
import { type DecisionRule, decisionRules } from "#lib/decisions/transitions.ts";
import { type Cadence, defaultCadence } from "#lib/vetting/rules.ts";
import { locales, messages, wordsFor } from "#lib/words/labels.ts";
import type { Page } from "../ui/page.ts";
import { HowWeVet } from "./how-we-vet.tsx";
import type { VettingRules } from "./vetting-rules.ts";

const pageIn = (locale: "en" | "es"): Page => ({
  ...wordsFor(locale),
  today: "2026-11-23",
  path: "/how-we-vet",
  href: (path) => path,
  term: (_kind, id) => id,
  region: (code) => code,
  place: (city, region) => `${city}, ${region}`,
  site: { name: "Parasol", exitUrl: "https://exit.example/", demo: false, stylesheet: "/s.css" },
});

const questions = [
  { id: "one", statement: "A statement", prompt: "A question?", core: true },
  { id: "two", statement: "Another", prompt: "Another question?", core: false },
];
const rules: VettingRules = { cadence: defaultCadence, decisions: decisionRules };

/** The page as text, a line for each thing that it says. */
function linesOf(given: Partial<VettingRules> = {}, locale: "en" | "es" = "en"): string[] {
  const html = renderToStaticMarkup(
    <HowWeVet page={pageIn(locale)} rules={{ ...rules, ...given }} questions={questions} />,
  );
  return html
    .replaceAll(/<\/(p|li|dt|dd|tr|h\d|summary)>/g, "\n")
    .replaceAll(/<\/t[hd]>/g, " | ")
    .replaceAll(/<[^>]+>/g, "")
    .replaceAll("&#x27;", "'")
    .split("\n")
    .filter(Boolean);
}

const withRule = (action: DecisionAction, change: Partial<DecisionRule>): VettingRules => ({
  ...rules,
  decisions: {
    ...decisionRules,
    [action]: { ...decisionRules[action], ...change },
  } as VettingRules["decisions"],
});

describe("every number on the page is one that the code runs", () => {
  test.each([
    "Licence or registration | 1 year | 60 days before | ",
    "Exclusion lists | 35 days | 7 days before | ",
    "Discipline | 92 days | 14 days before | ",
    "Training | 3 years | 14 days before | ",
    "Answers about sex work | 2 years | 30 days before | ",
    "They confirmed their openings and fees in the last 90 days.",
    "After 45 days, the profile says “not confirmed lately”.",
    "After 60 days, we stop saying “takes new clients”.",
    "After 90 days, we hide the profile.",
    "We ask therapists whether they still hold 30 days after they last said so, and again after 44, 58 and 80 days.",
    "We write to therapists 60, 30 and 7 days before a licence, an insurance or a certificate ends.",
    "What a register says counts as its own word for 120 days. After that we have to look again.",
    "Within 30 days of sending a profile, a therapist hears from us. Days in which we wait for them do not count.",
    "A therapist can appeal against a decision once, within 14 days. Someone who took no part in it looks again.",
    "They answered our core question about sex work, and 2 different people accepted the answers.",
    "One moderator can hide a profile at once.",
    "It takes 2 different moderators to put it up again.",
  ])("%s", (line) => {
    expect(linesOf()).toContain(line);
  });

  test("and another cadence is another page", () => {
    const cadence: Cadence = {
      days: {
        ...Object.fromEntries(claimTypes.map((claimType, index) => [claimType, 201 + index])),
        everything: 730,
      } as Cadence["days"],
      ahead: Object.fromEntries(
        claimTypes.map((claimType, index) => [claimType, 101 + index]),
      ) as Cadence["ahead"],
      primaryWithin: 77,
    };
    const lines = linesOf({ cadence });
    claimTypes.forEach((claimType, index) => {
      const label = messages.en.decisions.claim[claimType];
      expect(lines).toContain(`${label} | ${201 + index} days | ${101 + index} days before | `);
    });
    expect(lines.join("\n")).toContain("counts as its own word for 77 days");
    expect(lines.join("\n")).toContain("Nothing holds longer than 2 years.");
  });
});

describe("the table of decisions", () => {
  const said = (given: Partial<VettingRules>, action: DecisionAction) => {
    const lines = linesOf(given);
    return lines[lines.lastIndexOf(messages.en.howWeVet.decision[action]) + 1];
  };

  test.each(decisionActions)("says who may %s, and how many it takes", (action) => {
    const rule: DecisionRule = decisionRules[action];
    const line = said(rules, action);
    expect(line).toContain(messages.en.howWeVet.takes[rule.people]);
    for (const role of rule.by) expect(line).toContain(messages.en.howWeVet.who[role]);
    for (const code of rule.codes) expect(line).toContain(messages.en.decisions.code[code]);
  });

  test("is the page: other rules are other words", () => {
    const given = withRule("hide", { people: 2, by: ["lead"], codes: ["inactive"] });
    expect(said(given, "hide")).toBe(
      "Who may: leads. It takes two different people. They choose a reason: In the source, but not active. The therapist can appeal.",
    );
    expect(linesOf(given)).toContain("2 moderators can hide a profile at once.");
    expect(said(rules, "hide")).toBe(
      "Who may: moderators and leads. It takes one person. The therapist can appeal.",
    );
  });

  test.each(decisionActions)("%s stands under as many people as it takes", (action) => {
    for (const people of [1, 2, "two-for-affirming-practice"] as const) {
      const lines = linesOf(withRule(action, { people }));
      const place = lines.indexOf(messages.en.howWeVet.decision[action]);
      const above = lines
        .slice(0, place)
        .findLast((line) => Object.values(messages.en.howWeVet.people).includes(line));
      expect(above).toBe(messages.en.howWeVet.people[people]);
    }
  });
});

test.each(locales)(
  "in %s every heading can be reached from the top, and nothing is left to fill in",
  (locale) => {
    const html = renderToStaticMarkup(
      <HowWeVet page={pageIn(locale)} rules={rules} questions={questions} />,
    );
    const links = [...html.matchAll(/href="#([\w-]+)"/g)].map(([, id]) => id);
    const headings = [...html.matchAll(/<h2 id="([\w-]+)"/g)].map(([, id]) => id);
    expect(links).toEqual(headings);
    expect(html).toContain('href="/how-we-vet/numbers"');
    expect(html).not.toMatch(/[{}]|howWeVet\.|decisions\.|undefined|NaN/);
  },
);

test("both languages say the same numbers", () => {
  const numbersIn = (locale: "en" | "es") =>
    linesOf({}, locale)
      .map((line) => (line.match(/\d+/g) ?? []).toSorted().join(" "))
      .filter(Boolean);
  expect(numbersIn("es")).toEqual(numbersIn("en"));
});
