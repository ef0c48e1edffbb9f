import type { ReactElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, test } from "vitest";
import { claimTypes, decisionActions } from "#db/vocabulary.ts";
import type { Look } from "#lib/case-files/load-looks.ts";
import { fieldsOf } from "#lib/case-files/profile-fields.ts";
import type { CaseFile } from "#lib/case-files/queries.ts";
import { differences } from "#lib/case-files/rules.ts";
import type { QueueRow } from "#lib/cases/queries.ts";
import { queueFilters } from "#lib/cases/schema.ts";
import { acceptBlockers } from "#lib/decisions/rules.ts";
import { actionsOn } from "#lib/decisions/transitions.ts";
import { wordsFor } from "#lib/words/labels.ts";
import { fullView } from "../../tests/support/editor-view.ts";
import type { FormView } from "../forms/form-view.ts";
import type { Page } from "../ui/page.ts";
import { AskView } from "./ask-view.tsx";
import { type CaseNews, CaseView, caseNews } from "./case-view.tsx";
import { DecideView } from "./decide-view.tsx";
import { LookView } from "./look-view.tsx";
import { MessageForm } from "./message-form.tsx";
import { ProposalView } from "./proposal-view.tsx";
import { QueueView } from "./queue-view.tsx";

const now = new Date("2026-11-20T12:00:00Z");
const locales = ["en", "es"] as const;

const pageIn = (locale: "en" | "es"): Page => ({
  ...wordsFor(locale),
  today: "2026-11-20",
  path: "/moderation",
  href: (path) => path,
  term: (_kind, id) => id,
  region: (code) => code,
  place: (city, region) => `${city}, ${region}`,
  site: { name: "Parasol", exitUrl: "https://exit.example/", demo: false, stylesheet: "/s.css" },
});
const names = {
  statement: (id: string) => `statement ${id}`,
  credentialType: (id: string) => `type ${id}`,
  compact: (id: string) => `compact ${id}`,
  level: (_kind: string, id: string) => `level ${id}`,
};

const look = (given: Partial<Look>): Look => ({
  id: `look-${given.claimType}`,
  caseId: "case",
  track: "safety",
  claimType: "identity",
  credentialId: null,
  trainingId: null,
  claim: {
    name: "Robin",
    letters: "LCSW",
    number: "L1",
    expiresOn: "2027-01-31",
    workerLed: "yes",
  },
  jurisdiction: null,
  state: "attested",
  decisionCode: null,
  authority: null,
  sourceType: "self",
  sourceUrl: null,
  method: "manual",
  sourceAsOf: null,
  sourceStatus: null,
  issuedOn: null,
  expiresOn: null,
  checkedOn: null,
  validUntil: null,
  nextCheckOn: null,
  conditions: null,
  publicNote: null,
  privateNote: null,
  checker: null,
  secondReviewer: null,
  replaced: false,
  ...given,
});
const settled = {
  state: "verified-with-conditions",
  decisionCode: "source-match",
  authority: "A board",
  sourceType: "primary",
  sourceUrl: "https://register.example/robin",
  sourceAsOf: "2026-11-01",
  sourceStatus: "ACTIVE",
  issuedOn: "2020-01-01",
  expiresOn: "2027-01-31",
  checkedOn: "2026-11-02",
  validUntil: "2027-01-31",
  nextCheckOn: "2027-01-01",
  conditions: "Supervised",
  publicNote: "Public",
  privateNote: "Private",
  checker: "Mo",
  secondReviewer: "Mia",
} as const satisfies Partial<Look>;

const record = {
  authority: "A board",
  sourceType: "document",
  sourceUrl: "https://register.example/",
  method: "call-back",
  sourceAsOf: "2026-11-01",
  sourceStatus: "CURRENT",
  issuedOn: null,
  expiresOn: null,
  checkedOn: "2026-11-20",
  validUntil: null,
  nextCheckOn: null,
  conditions: null,
  publicNote: null,
  privateNote: "For us",
  evidenceHash: null,
  evidenceRef: null,
} as const;

const decision: CaseFile["decisions"][number] = {
  id: "decision",
  caseId: "case",
  subject: "check",
  checkId: "look-identity",
  track: "identity",
  claimType: "identity",
  action: "reject",
  code: "name-mismatch",
  reason: "The register has another name.",
  record,
  people: 2,
  state: "proposed",
  proposedBy: "mo",
  proposedAt: now,
  answeredAt: null,
  inForceAt: null,
  proposer: "Mo",
  answerer: null,
};

const changed = {
  ...fullView,
  revision: fullView.revision && {
    ...fullView.revision,
    headline: "Trauma therapy with questions",
  },
};

/** A case in which everything is there that a case can hold. */
const file: CaseFile = {
  case: {
    id: "case",
    kind: "submission",
    urgent: true,
    therapistId: "t",
    revisionId: "r",
    openedAt: new Date("2026-11-01T00:00:00Z"),
    stoppedAt: now,
    stoppedSeconds: 0,
    dueOn: "2026-12-01",
    closedAt: null,
    outcome: null,
    claimedUntil: new Date("2026-11-20T13:30:00Z"),
    claimer: "Mo",
    mine: true,
    slug: "robin",
    listingState: "listed",
    name: "Robin Ash",
    revisionState: "submitted",
  },
  profile: {
    textLocale: "es",
    submittedAt: now,
    photoId: "face",
    statements: [{ id: "s1", answer: "in-progress", words: "I ask first, and then I wait." }],
    trainings: [],
  },
  isFirst: false,
  differences: [
    ...differences(fieldsOf(fullView, { licences: true }), fieldsOf(changed, { licences: true })),
    ...differences([], fieldsOf(fullView, { licences: true })).filter(
      ({ field }) => field !== "headline",
    ),
  ],
  claims: claimTypes.map((claimType) => ({
    now: look({ claimType }),
    open: claimType !== "insurance",
    earlier: [look({ ...settled, id: `earlier-${claimType}`, claimType })],
  })),
  decisions: [
    decision,
    { ...decision, id: "d2", checkId: null, claimType: null, track: null, action: "accept" },
    { ...decision, id: "d3", caseId: "old", state: "in-force", answerer: "Mia" },
    { ...decision, id: "d4", caseId: "old", state: "declined", answerer: null, proposer: null },
    { ...decision, id: "d5", caseId: "old", state: "declined", answerer: "Mia" },
  ],
  actions: [...actionsOn("revision", "submitted", "submission"), "hide"],
  blockers: [...acceptBlockers],
  colleagues: [{ personId: "mia", name: "Mia" }],
  details: {
    legalName: "Robin Ash Example",
    documents: [
      {
        id: "document",
        subject: "identity",
        credentialId: null,
        trainingId: null,
        pages: 2,
        uploadedAt: now,
        deleteAfter: null,
        sha256: "x",
        storageRef: "ref",
        fileName: "passport.pdf",
      },
    ],
    items: [
      {
        id: "item",
        caseId: "case",
        checkId: "look-identity",
        track: "identity",
        askedAt: now,
        answeredAt: now,
        askedBy: "Mo",
        question: "Which number?",
        answer: "L1",
      },
      {
        id: "item-2",
        caseId: "case",
        checkId: null,
        track: null,
        askedAt: now,
        answeredAt: null,
        askedBy: null,
        question: "And why?",
        answer: null,
      },
    ],
    messages: (["from-moderators", "from-therapist", "private-note"] as const).map((kind) => ({
      id: kind,
      caseId: "case",
      kind,
      writtenAt: now,
      writer: "Mo",
      words: `A ${kind}`,
    })),
    conflicts: [
      {
        id: "conflict",
        credentialId: "c",
        letters: "LCSW",
        number: "L1",
        otherName: "Someone Else",
        otherCaseId: "other",
      },
    ],
    appeal: { decisionId: "d3", words: "It is my name." },
  },
};

const formIn = (page: Page, typed: FormView["typed"] = {}, errors: FormView["errors"] = {}) => ({
  page,
  typed,
  errors,
  label: (field: string) =>
    (page.t as unknown as (key: string) => string)(`moderation.field.${field.replace(".", "-")}`),
});
const draw = (element: ReactElement) => renderToStaticMarkup(element);
const mo = { personId: "mo", roles: ["moderator"] as const };

function drawCase(
  locale: "en" | "es",
  change: Partial<CaseFile> = {},
  news: CaseNews | null = null,
) {
  return draw(
    <CaseView
      page={pageIn(locale)}
      file={{ ...file, ...change }}
      names={names}
      now={now}
      news={news}
      reports={null}
      findings={null}
    />,
  );
}

describe.each(locales)("a case in %s", (locale) => {
  const page = pageIn(locale);

  test("shows everything there can be, and no text is missing", () => {
    for (const news of caseNews) expect(drawCase(locale, {}, news)).not.toMatch(/moderation\.\w+/);
    const html = drawCase(locale);
    for (const words of ["Robin Ash Example", "Someone Else", "It is my name.", "A private-note"]) {
      expect(html).toContain(words);
    }
    expect(html).toMatch(/<ins>with questions<\/ins>|<ins>with<\/ins>/);
    expect(html).toContain("/moderation/cases/case/proposals/decision");
    expect(html).toContain("/photos/face/640.jpg");
    expect(html).not.toMatch(/editor\.field|disclosureField/);
  });

  test("without a claim there is a way to take it, and nothing that is private", () => {
    const html = drawCase(locale, {
      case: { ...file.case, mine: false, claimer: null, claimedUntil: null },
      details: null,
      colleagues: [],
      decisions: [],
    });
    expect(html).toContain('value="claim"');
    expect(html).toContain("/decide/hide");
    expect(html).not.toContain("/decide/refuse");
    expect(html).not.toMatch(/Robin Ash Example|passport|\/checks\/|\/photos\//);
  });

  test("once it is closed there is nothing to press", () => {
    const closed = { ...file.case, closedAt: now, outcome: "accepted", mine: false } as const;
    const html = drawCase(locale, { case: closed, details: null, decisions: [], actions: [] });
    expect(html).not.toMatch(/<button|\/decide\//);
  });

  test.each(claimTypes)("a look at %s has its claim, its documents and its form", (claimType) => {
    const claim = file.claims.find(({ now: each }) => each.claimType === claimType);
    if (!claim) throw new Error("no such claim");
    const html = draw(
      <LookView
        form={formIn(
          page,
          { action: ["verify"], privateNote: ["Kept."] },
          { code: { code: "choose" } },
        )}
        file={file}
        claim={claim}
        actions={actionsOn("check", claim.now.state, "submission")}
        names={names}
        playbook={null}
        findings={null}
      />,
    );
    expect(html).not.toMatch(/moderation\.\w+\./);
    expect(html).toContain("Kept.");
    expect(html.match(/class="problem"/g)).toHaveLength(1);
    expect(html.includes("/moderation/evidence/document")).toBe(claimType === "identity");
    expect(html.includes("I ask first")).toBe(claimType === "practice-statements");
    expect(html).not.toContain('value="accept"');
  });

  test.each(decisionActions)("the page to %s says how many people it takes", (action) => {
    const html = draw(<DecideView form={formIn(page)} file={file} action={action} />);
    expect(html).not.toMatch(/moderation\.\w+/);
    expect(html.includes("<form")).toBe(action !== "accept");
  });

  test("a proposal is whole; whoever made it can take it back and not agree to it", () => {
    const [claim] = file.claims;
    const asked = (personId: string, mine = true) =>
      draw(
        <ProposalView
          page={page}
          file={{ ...file, case: { ...file.case, mine } }}
          proposal={decision}
          claim={claim ?? null}
          actor={{ ...mo, personId }}
          names={names}
        />,
      );
    for (const said of ["The register has another name.", "CURRENT", "For us"]) {
      expect(asked("mia")).toContain(said);
    }
    expect(asked("mia")).toContain('value="agree"');
    expect(asked("mo")).not.toContain('value="agree"');
    expect(asked("mo")).toContain('value="decline"');
    expect(asked("mia", false)).not.toContain("<form");
  });

  test("questions keep what was typed, and name the row that is wrong", () => {
    const typed = { "items.0.question": ["First"], "items.1.question": [""] };
    const errors = { "items.1.question": { code: "required" } };
    const html = draw(<AskView form={formIn(page, typed, errors)} file={file} />);
    expect(html).toContain("First");
    expect(html).toContain('href="#items.1.question"');
    expect(html).not.toMatch(/moderation\.\w+/);
    expect(draw(<MessageForm form={formIn(page)} file={file} />)).not.toMatch(/moderation\.\w+/);
  });
});

const row = (given: Partial<QueueRow>): QueueRow => ({
  id: "one",
  kind: "complaint",
  urgent: false,
  openedAt: new Date("2026-10-01T00:00:00Z"),
  stoppedAt: null,
  stoppedSeconds: 0,
  dueOn: null,
  claimedUntil: null,
  claimer: null,
  name: "Robin Ash",
  jurisdictions: ["US-NV"],
  looks: { safety: 2 },
  wantsSecond: false,
  ...given,
});

describe.each(locales)("the queue in %s", (locale) => {
  const view = (rows: QueueRow[], filters: object = {}) =>
    draw(
      <QueueView
        page={pageIn(locale)}
        queue={{
          rows,
          counts: rows.map(({ kind, urgent }) => ({ kind, urgent, count: 1 })),
        }}
        filters={queueFilters.parse(filters)}
        perPage={50}
        regions={[]}
        now={now}
        taken={rows.length === 0}
      />,
    );

  test("groups cases, urgent ones first, and offers those that nobody has", () => {
    const claimer = { personId: "mia", name: "Mia" };
    const html = view([
      row({ urgent: true, wantsSecond: true }),
      row({ id: "two", claimer, claimedUntil: now }),
      row({ id: "three", kind: "expiring", dueOn: "2026-12-01", stoppedAt: now, looks: {} }),
      row({ id: "four", kind: "appeal", name: null }),
    ]);
    expect(html).not.toMatch(/moderation\.\w+\.|decisions\.\w+/);
    expect(html.match(/data-case/g)).toHaveLength(4);
    expect(html.match(/name="case"/g)).toHaveLength(3);
    expect(html.indexOf("group-urgent")).toBeLessThan(html.indexOf("group-complaint"));
  });

  test("says whether nothing is open, or nothing like that", () => {
    const { t } = wordsFor(locale);
    expect(view([])).toContain(t("moderation.queue.empty"));
    expect(view([], { track: "safety" })).toContain(t("moderation.queue.noneSuch"));
    expect(view([])).toContain('role="alert"');
  });
});

test("whatever an address asks for, the queue can be asked for it", () => {
  expect(queueFilters.parse({})).toEqual({
    kind: null,
    track: null,
    language: null,
    jurisdiction: null,
    whose: "all",
    waiting: null,
    olderThan: null,
    page: 1,
  });
  const odd = { kind: "x", whose: "y", page: "-1", olderThan: "1e9", jurisdiction: "'; drop" };
  expect(queueFilters.parse(odd)).toEqual(queueFilters.parse({}));
});
