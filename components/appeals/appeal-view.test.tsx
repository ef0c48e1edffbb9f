import { renderToStaticMarkup } from "react-dom/server";
import { beforeAll, describe, expect, test } from "vitest";
import { pageFor } from "#app/reader/page-for.ts";
import type { OwnDecision } from "#lib/appeals/queries.ts";
import { buildSiteAssets } from "../../scripts/build/site-assets.ts";
import { AppealView } from "./appeal-view.tsx";
import { DecisionsView } from "./decisions-view.tsx";

beforeAll(buildSiteAssets);

const page = pageFor("en", new URL("http://directory.example/account/decisions"));

const decision = (change: Partial<OwnDecision> = {}): OwnDecision => ({
  id: "d1",
  subject: "listing",
  action: "hide",
  code: null,
  reason: "We look into something.",
  conditions: null,
  inForceOn: "2026-11-02",
  claim: null,
  appealUntil: "2026-11-16",
  appeal: null,
  ...change,
});

const list = (...decisions: OwnDecision[]) =>
  renderToStaticMarkup(<DecisionsView page={page} decisions={decisions} />);

type Given = { typed?: Record<string, string[]>; conflict?: "too-late"; done?: boolean };

const one = (of: OwnDecision, { typed = {}, conflict, done = false }: Given = {}) => {
  const form = { page, typed, errors: {}, label: () => "Why?" };
  return renderToStaticMarkup(
    <AppealView form={form} decision={of} done={done} conflict={conflict ?? null} />,
  );
};

describe("a decision", () => {
  test("says what, when, why, and until when it can be appealed", () => {
    const html = list(decision());
    for (const words of ["Listing hidden", "Decided on 2 November 2026", "We look into something."])
      expect(html).toContain(words);
    expect(html).toContain("until 16 November 2026");
    expect(html).toContain('href="/account/decisions/d1"');
    expect(list(decision({ appealUntil: null }))).not.toContain("/account/decisions/d1");
  });

  test("on a claim names it, with the code and the conditions", () => {
    const claim = {
      claimType: "credential",
      letters: "LMFT",
      number: "123",
      jurisdiction: "US-CA",
      course: null,
    } as const;
    const code = "name-mismatch";
    const html = list(decision({ claim, code, conditions: "Under another name." }));
    expect(html).toContain("LMFT 123, California");
    expect(html).toContain("The source has another name");
    expect(html).toContain("Conditions: Under another name.");
  });

  test("there is none: the page says so", () => {
    expect(list()).toContain("Nothing was decided yet.");
  });
});

describe("an appeal", () => {
  const appeal = {
    words: "It was not so.",
    sentOn: "2026-11-03",
    outcome: null,
    answer: null,
    answeredOn: null,
  };

  test("has a form while it is possible, and none when it was made", () => {
    expect(one(decision())).toContain('action="/account/decisions/d1"');
    const made = one(decision({ appealUntil: null, appeal }), { done: true });
    expect(made).not.toContain("<form");
    expect(made).toContain("It was not so.");
    expect(made).toContain("Nobody has decided on it yet.");
  });

  test("that came too late keeps its words", () => {
    const typed = { words: ["typed in vain"] };
    const html = one(decision({ appealUntil: null }), { typed, conflict: "too-late" });
    expect(html).toContain("The days for this are over.");
    expect(html).toContain("typed in vain");
  });

  test("that was answered says how, why and when", () => {
    const answered = {
      ...appeal,
      outcome: "overturned",
      answer: "You were right.",
      answeredOn: "2026-11-09",
    } as const;
    const html = one(decision({ appealUntil: null, appeal: answered }));
    expect(html).toContain("The decision was taken back");
    expect(html).toContain("You were right.");
    expect(html).toContain("Decided on 9 November 2026");
    expect(html).not.toContain("Nobody has decided");
  });
});
