import { renderToStaticMarkup } from "react-dom/server";
import { beforeAll, describe, expect, test } from "vitest";
import { pageFor } from "#app/reader/page-for.ts";
import type { OwnCase, Question } from "#lib/questions/queries.ts";
import { buildSiteAssets } from "../../scripts/build/site-assets.ts";
import { claimWords } from "./claim-words.ts";
import { type QuestionsPage, QuestionsView } from "./questions-view.tsx";
import { WaitingNotice, type WaitingThings } from "./waiting-notice.tsx";

beforeAll(buildSiteAssets);

const pageIn = (locale: "en" | "es") =>
  pageFor(locale, new URL("http://directory.example/account/questions"));

const question = (change: Partial<Question>): Question => ({
  id: "q1",
  caseId: "c1",
  question: "Which number is right?",
  answer: null,
  answeredAt: null,
  claim: {
    claimType: "credential",
    letters: "LMFT",
    number: "123",
    jurisdiction: "US-CA",
    course: null,
  },
  documents: { subject: "credential", claimId: "held" },
  ...change,
});

const ownCase = (change: Partial<OwnCase>): OwnCase => ({
  id: "c1",
  kind: "submission",
  openedAt: new Date("2026-11-02T10:00:00Z"),
  questions: [],
  messages: [],
  ...change,
});

type Drawn = Partial<QuestionsPage> & {
  typed?: Record<string, string[]>;
  errors?: Record<string, { code: string }>;
};

function draw(given: Drawn, locale: "en" | "es" = "en"): string {
  const page = pageIn(locale);
  const { typed = {}, errors = {}, ...more } = given;
  const label = () => "LMFT 123, California";
  const view = { cases: [], sentBack: null, done: null, kept: null, ...more };
  return renderToStaticMarkup(<QuestionsView form={{ page, typed, errors, label }} view={view} />);
}

describe("questions", () => {
  test("each have a field that says what it is about, and a way to add a document", () => {
    const html = draw({ cases: [ownCase({ questions: [question({})] })] });
    expect(html).toContain("Moderators need one thing from you");
    expect(html).toContain('<label for="answer-q1">LMFT 123, California');
    expect(html).toMatch(/id="answer-q1-hint"><span[^>]*>Which number is right\?/);
    expect(html).toContain('aria-describedby="answer-q1-hint answer-q1-count"');
    expect(html).toContain('href="/account/evidence/credential/held"');
    const single = question({ documents: { subject: "insurance", claimId: null } });
    expect(draw({ cases: [ownCase({ questions: [single] })] })).toContain("/evidence/insurance/-");
    const words = question({ documents: null });
    expect(draw({ cases: [ownCase({ questions: [words] })] })).not.toContain("/evidence/");
  });

  test("with an answer have no field; it stands there as it was sent", () => {
    const answered = question({ answer: "The second.", answeredAt: new Date("2026-11-03") });
    const html = draw({ cases: [ownCase({ questions: [answered] })] });
    expect(html).not.toContain('name="answer-q1"');
    expect(html).toContain("The second.");
    expect(html).toContain("Answered on 3 November 2026");
    expect(html).toContain("Nobody asks you anything just now");
  });

  test("keep what was typed, and say what is wrong with it", () => {
    const html = draw({
      cases: [ownCase({ questions: [question({})] })],
      typed: { "answer-q1": ["<b>mine</b>"] },
      errors: { "answer-q1": { code: "required" } },
    });
    expect(html).toContain("&lt;b&gt;mine&lt;/b&gt;</textarea>");
    expect(html).toContain('href="#answer-q1"');
    expect(html).toContain('aria-invalid="true"');
  });

  test("answered in another tab are told, with the words that found no place", () => {
    const html = draw({ kept: { why: "conflict", words: ["typed in vain"] } });
    expect(html).toContain("answered in another tab");
    expect(html).toContain("typed in vain");
  });

  test("are none: the page says so, and has no form", () => {
    const html = draw({});
    expect(html).toContain("Nobody asks you anything just now");
    expect(html).not.toContain("<form");
    expect(draw({}, "es")).toContain("Ahora nadie te pregunta nada");
  });
});

test("a profile that was sent back leads to the editor, with the reason", () => {
  const html = draw({ sentBack: { reason: "Please say what you do." } });
  expect(html).toContain("Please say what you do.");
  expect(html).toContain('href="/account/profile"');
  expect(html).not.toContain("Nobody asks you anything");
});

describe("messages", () => {
  const message = (fromTherapist: boolean, words: string) => ({
    id: words,
    caseId: "c1",
    writtenAt: new Date("2026-11-03T09:00:00Z"),
    fromTherapist,
    words,
  });

  test("are told apart by who wrote them, and moderators are one voice", () => {
    const html = draw({
      cases: [ownCase({ messages: [message(false, "Good morning"), message(true, "And to you")] })],
    });
    expect(html).toMatch(/Moderators, 3 November 2026<\/strong><p[^>]*>Good morning/);
    expect(html).toMatch(/You, 3 November 2026<\/strong><p[^>]*>And to you/);
    expect(html).toContain('action="/account/questions/c1"');
  });

  test.each([
    ["submission", "About the profile that you sent"],
    ["appeal", "About your appeal"],
    ["expiring", "About something that runs out soon"],
    ["complaint", "About your listing"],
    ["discipline", "About your listing"],
    ["recheck", "About your listing"],
  ] as const)("of a case of kind %s stand under: %s", (kind, heading) => {
    const html = draw({ cases: [ownCase({ kind })] });
    expect(html).toContain(heading);
    expect(html).not.toMatch(/complaint|report/i);
  });
});

describe("a claim in words", () => {
  const none = { letters: null, number: null, jurisdiction: null, course: null };
  test.each([
    [null, "Your profile as a whole"],
    [{ ...none, claimType: "training", course: "A day" }, "Your training: A day"],
    [{ ...none, claimType: "identity" }, "Who you are"],
    [{ ...none, claimType: "credential", letters: "CST", number: "9" }, "CST 9"],
  ] as const)("%j", (claim, words) => {
    expect(claimWords(pageIn("en"), claim)).toBe(words);
  });
});

describe("what waits on the overview", () => {
  const waiting = (change: Partial<WaitingThings>) =>
    renderToStaticMarkup(
      <WaitingNotice
        page={pageIn("en")}
        waiting={{ asked: 0, daysLeft: null, appealable: [], ...change }}
      />,
    );

  test("is nothing: then nothing is said", () => {
    expect(waiting({ daysLeft: 12 })).toBe("");
  });

  test("is each said, with the way to it", () => {
    expect(waiting({ asked: 3 })).toContain("Moderators need 3 things from you.");
    expect(waiting({ asked: 3 })).toContain('href="/account/questions"');
    const html = waiting({ appealable: [{ id: "d1", action: "hide", until: "2026-11-16" }] });
    expect(html).toContain("Listing hidden. You can ask for another look at a decision until");
    expect(html).toContain('href="/account/decisions/d1"');
  });
});
