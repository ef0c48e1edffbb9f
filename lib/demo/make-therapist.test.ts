import { describe, expect, it } from "vitest";
import { personas } from "#db/seed/personas.ts";
import { affirmativeCheckStates, openCheckStates } from "#db/vocabulary.ts";
import { decisionRules } from "#lib/decisions/transitions.ts";
import {
  credentialTypesIn,
  findCredentialType,
  findRegion,
  findTerm,
  listRegions,
  practiceStatements,
} from "#lib/reference/queries.ts";
import { readReference } from "#lib/reference/read-reference.ts";
import { isValidNpi, numberFormat } from "#lib/reference/rules.ts";
import { demoData } from "./data.ts";
import { makePersonas, makeTherapist } from "./make-therapist.ts";
import { drawPortrait } from "./portrait.ts";

const today = "2026-11-23";
const SIZE = 1_500;
const everyone = Array.from({ length: SIZE }, (_, index) => makeTherapist("parasol", index, today));
const first300 = everyone.slice(0, 300);
const people = makePersonas("parasol", today);
const all = [...people, ...everyone];
const live = all.filter(({ profileRevisions: [first] }) => first?.state === "live");

const share = (of: number, whole: number) => of / whole;
const duplicates = (list: string[]) => list.length - new Set(list).size;

describe("the demo directory", () => {
  it("is the same each time it is made", () => {
    for (const index of [0, 7, 299, 1_234]) {
      expect(makeTherapist("parasol", index, today)).toEqual(everyone[index]);
    }
    expect(makePersonas("parasol", today)).toEqual(people);
  });

  it("is another one with another seed", () => {
    expect(makeTherapist("umbrella", 7, today)).not.toEqual(everyone[7]);
  });

  it("gives nobody the slug, id or mail of another", () => {
    expect(duplicates(all.flatMap((rows) => rows.therapists.map(({ slug }) => slug)))).toBe(0);
    expect(duplicates(all.flatMap((rows) => rows.people.map(({ id }) => id ?? "")))).toBe(0);
    expect(duplicates(all.flatMap((rows) => rows.people.map(({ email }) => email)))).toBe(0);
    const slugs = Array.from({ length: 20_000 }, (_, i) => drawPortrait("parasol", i, today).slug);
    expect(duplicates(slugs)).toBe(0);
  });

  it("has somebody in each state, and in every country, among the first 300", () => {
    const regions = new Set(
      first300.map((_, index) => drawPortrait("parasol", index, today).place.region),
    );
    const states = listRegions().filter(
      ({ code, type }) => code.startsWith("US-") && type !== "territory",
    );
    expect(states.filter(({ code }) => !regions.has(code)).map(({ code }) => code)).toEqual([]);
    expect(new Set([...regions].map((code) => code.slice(0, 2))).size).toBe(8);
    expect(regions.has("US-PR")).toBe(true);
  });

  it("puts every place into a region that exists, near others of it", () => {
    for (const place of demoData.places) {
      expect(findRegion(place.region), place.city).toBeDefined();
      expect(Math.abs(place.lat)).toBeLessThan(90);
      expect(place.postcode).not.toBe("");
    }
  });
});

describe("what cannot be mistaken for a real person", () => {
  const ways = all.flatMap((rows) => rows.contactWays);

  it("gives addresses that are reserved for examples", () => {
    const web = ways.filter(({ kind }) => kind === "website" || kind === "booking");
    expect(web.every(({ value }) => /^https:\/\/www\.[a-z0-9-]+\.example\//.test(value))).toBe(
      true,
    );
    const mail = [
      ...ways.filter(({ kind }) => kind === "email").map(({ value }) => value),
      ...all.flatMap((rows) => rows.people.map(({ email }) => email)),
    ];
    expect(
      mail.every((value) => /^[a-z0-9-]+@[a-z0-9-]+(\.[a-z0-9-]+)*\.example$/.test(value)),
    ).toBe(true);
  });

  it("gives telephone numbers that the regulators keep free", () => {
    const reserved = [
      /^\+1 \d{3} 555 01\d\d$/,
      /^\+44 (20 7946|161 496|113 496|117 496|121 496|131 496|141 496) 0\d{3}$/,
      /^\+44 7700 900\d{3}$/,
      /^\+61 [2378] 5550 \d{4}$/,
      /^\+49 (30 23125|40 66969) \d{3}$/,
    ];
    const phones = ways.filter(({ kind }) => ["phone", "text", "signal"].includes(kind));
    expect(phones.length).toBeGreaterThan(500);
    const free = phones.filter(({ value }) => !reserved.some((range) => range.test(value)));
    expect(free.map(({ value }) => value)).toEqual([]);
  });

  it("numbers licences from 99 on, in the shape of the register", () => {
    for (const { typeId, number } of all.flatMap((rows) => rows.credentials)) {
      expect(number).toMatch(/99/);
      expect(
        numberFormat(findCredentialType(typeId) ?? {}, number),
        `${typeId} ${number}`,
      ).not.toBe("differs");
      expect(isValidNpi(number)).toBe(false);
    }
  });

  it("names no street but Demo Street", () => {
    const addresses = all.flatMap((rows) => rows.practiceLocations.map(({ address }) => address));
    expect(
      addresses.filter((address) => address && !/^\d+ Demo Street, Room \d+$/.test(address)),
    ).toEqual([]);
    expect(addresses.some((address) => address !== null)).toBe(true);
  });
});

describe("claims and looks", () => {
  it("claims only what exists where it is claimed", () => {
    for (const { typeId, jurisdiction, basis } of all.flatMap((rows) => rows.credentials)) {
      if (!jurisdiction) continue;
      const known = credentialTypesIn(jurisdiction).map(({ id }) => id);
      expect(known, `${typeId} in ${jurisdiction}`).toContain(typeId);
      expect(basis === "own" || jurisdiction.startsWith("US-")).toBe(true);
    }
  });

  it("has compact privileges only where they are really issued, at home and there", () => {
    const privileges = all.flatMap((rows) => {
      const home = rows.credentials[0]?.jurisdiction ?? "";
      return rows.credentials
        .filter(({ basis }) => basis === "compact-privilege")
        .flatMap(({ compactId, jurisdiction }) => [
          { compactId, code: jurisdiction ?? "" },
          { compactId, code: home },
        ]);
    });
    expect(privileges.length).toBeGreaterThan(50);
    for (const { compactId, code } of privileges) {
      const membership = findRegion(code)?.compacts.find(({ compact }) => compact === compactId);
      expect(membership?.status, `${compactId} in ${code}`).toBe("operational");
    }
  });

  it("names a supervisor for everyone who must have one, and looks at that", () => {
    const supervised = live.filter(
      ({ credentials: [main] }) => findCredentialType(main?.typeId ?? "")?.supervisionRequired,
    );
    expect(supervised.length).toBeGreaterThan(20);
    for (const { credentials, checks } of supervised) {
      expect(credentials[0]).toMatchObject({
        supervised: true,
        supervisorName: expect.any(String),
      });
      expect(checks.some(({ claimType }) => claimType === "supervision")).toBe(true);
    }
  });

  it("dates each affirmative look, in order, and lets none outlive its claim", () => {
    const yes = all
      .flatMap((rows) => rows.checks)
      .filter(({ state }) => (affirmativeCheckStates as readonly string[]).includes(state));
    for (const look of yes) {
      const { checkedOn = null, validUntil = null, expiresOn } = look;
      if (checkedOn === null || validUntil === null) throw new Error(`${look.id} is not dated`);
      expect(checkedOn <= today, look.id).toBe(true);
      expect(validUntil > checkedOn, look.id).toBe(true);
      if (expiresOn) expect(validUntil <= expiresOn, look.id).toBe(true);
      expect(look.authority && look.sourceStatus !== "", look.id).toBeTruthy();
    }
  });

  it("looks at all four tracks of whoever is listed", () => {
    for (const {
      therapists: [listing],
      checks,
    } of all) {
      if (listing?.listingState !== "listed") continue;
      expect(new Set(checks.map(({ track }) => track)).size, listing.id).toBe(4);
    }
  });
});

describe("the words", () => {
  const statements = first300.flatMap((rows) => rows.practiceStatements);
  const written = all.flatMap((rows) => [
    ...rows.profileRevisions.flatMap(({ headline, about, approach }) => [
      headline,
      about,
      approach,
    ]),
    ...rows.practiceStatements.map(({ words }) => words),
    ...rows.disclosureCards.flatMap((card) => Object.values(card).filter((each) => each !== null)),
    ...rows.checks.flatMap(({ publicNote, conditions }) =>
      [publicNote, conditions].filter(Boolean),
    ),
  ]);

  it("answers every core question in every live profile", () => {
    const core = practiceStatements().filter((statement) => statement.core);
    for (const rows of live) {
      const answered = rows.practiceStatements
        .filter(({ revisionId }) => revisionId === rows.profileRevisions[0]?.id)
        .map(({ statementId }) => statementId);
      expect(core.filter(({ id }) => !answered.includes(id))).toEqual([]);
    }
  });

  it("has at least eight answers to each statement in English, and four in Spanish", () => {
    for (const { id } of practiceStatements()) {
      expect(new Set(demoData.statements.en[id]?.words).size, id).toBeGreaterThanOrEqual(8);
      expect(new Set(demoData.statements.es[id]?.words).size, id).toBeGreaterThanOrEqual(4);
    }
  });

  it("reads differently from one profile to the next", () => {
    const byStatement = Map.groupBy(statements, ({ statementId }) => statementId);
    for (const [id, answers] of byStatement) {
      expect(new Set(answers.map(({ words }) => words)).size, id).toBeGreaterThan(30);
    }
    const profiles = first300.map(({ practiceStatements: answers }) =>
      answers.map(({ words }) => words).join("|"),
    );
    expect(duplicates(profiles)).toBe(0);
    for (const { practiceStatements: answers } of first300) {
      const own = answers.map(({ revisionId, words }) => revisionId + words);
      expect(duplicates(own)).toBe(0);
    }
    const abouts = first300.map(({ profileRevisions: [first] }) => first?.about ?? "");
    expect(duplicates(abouts)).toBe(0);
    const headlines = new Set(first300.map(({ profileRevisions: [first] }) => first?.headline));
    expect(headlines.size).toBeGreaterThan(60);
  });

  it("leaves no slot open and keeps to the lengths", () => {
    expect(written.filter((text) => /[{}]|undefined/.test(text ?? ""))).toEqual([]);
    for (const { words } of all.flatMap((rows) => rows.practiceStatements)) {
      expect(words.length).toBeGreaterThanOrEqual(20);
      expect(words.length).toBeLessThanOrEqual(300);
    }
  });

  it("speaks as look.md asks", () => {
    const avoided = readReference("work-contexts").avoidTerms.map(
      ({ term }) => term.split(/ [/(]/)[0],
    );
    const never = [
      ...avoided,
      "clients like you",
      "victim",
      "víctima",
      "non-?judge?mental",
      "safe space",
    ];
    const pattern = new RegExp(`\\b(${never.join("|")})`, "i");
    expect(pattern.test("a prostitute")).toBe(true);
    const town = "St. John's";
    expect(written.filter((text) => pattern.test((text ?? "").replaceAll(town, "")))).toEqual([]);
  });

  it("writes in Spanish where Spanish is spoken, about one in eight", () => {
    const spanish = everyone.filter(({ profileRevisions: [first] }) => first?.textLocale === "es");
    expect(share(spanish.length, SIZE)).toBeGreaterThan(0.07);
    expect(share(spanish.length, SIZE)).toBeLessThan(0.17);
    for (const { revisionTerms } of spanish) {
      expect(revisionTerms).toContainEqual(
        expect.objectContaining({ kind: "language", termId: "es", level: "therapy" }),
      );
    }
  });
});

describe("choices", () => {
  it("are all in the reference data, and none is made twice", () => {
    for (const rows of all) {
      const keys = rows.revisionTerms.map(
        (term) => `${term.revisionId}/${term.kind}/${term.termId}`,
      );
      expect(duplicates(keys)).toBe(0);
      for (const { kind, termId } of rows.revisionTerms) {
        if (!findTerm(kind, termId)) throw new Error(`${kind} ${termId} is not known`);
      }
    }
  });

  it("never make up a facet that could cost a licence, nor work with the young", () => {
    const risky = all
      .flatMap((rows) => rows.revisionTerms)
      .filter(({ termId }) => ["sw-lived", "plhiv", "adolescent"].includes(termId));
    expect(risky).toEqual([]);
  });

  it("has a room wherever somebody works in person, and only there", () => {
    for (const { revisionTerms, practiceLocations, profileRevisions } of everyone) {
      const inPerson = revisionTerms.filter(
        ({ kind, termId }) => kind === "format" && termId === "in-person",
      );
      expect(practiceLocations).toHaveLength(inPerson.length);
      expect(profileRevisions.length).toBeGreaterThan(0);
    }
  });

  it("confirm most openings lately and some long ago", () => {
    const days = everyone.map(({ therapists: [listing] }) => listing?.confirmedOn ?? "");
    expect(share(days.filter((day) => day >= "2026-10-10").length, SIZE)).toBeGreaterThan(0.8);
    expect(days.some((day) => day <= "2026-08-24")).toBe(true);
  });
});

describe("personas", () => {
  it("are one for each role and each state of a listing", () => {
    const roles = new Set(personas.flatMap((persona) => persona.roles));
    expect([...roles].sort()).toEqual([
      "auditor",
      "lead",
      "lived-experience-reviewer",
      "moderator",
      "therapist",
    ]);
    const states = new Set(
      people.flatMap((rows) => rows.therapists.map(({ listingState }) => listingState)),
    );
    expect([...states].sort()).toEqual([
      "draft",
      "listed",
      "paused",
      "pending",
      "removed",
      "suspended",
    ]);
    expect(duplicates(personas.map(({ id }) => id))).toBe(0);
  });

  it("are therapists exactly when they have a listing", () => {
    for (const persona of personas) {
      expect(persona.roles.includes("therapist"), persona.id).toBe(persona.listing !== undefined);
    }
  });

  it("keep what their story says", () => {
    const of = (id: string) => people.find(({ people: [row] }) => row?.persona === id);
    expect(of("dana-draft")?.checks).toEqual([]);
    expect(of("eddie-editing")?.profileRevisions.map(({ state }) => state)).toEqual([
      "live",
      "draft",
    ]);
    expect(of("ash-associate")?.credentials[0]?.supervised).toBe(true);
    expect(of("marisol-listed-in-spanish")?.profileRevisions[0]?.textLocale).toBe("es");
    expect(of("xena-expired")?.credentials[0]?.expiresOn?.localeCompare(today)).toBe(-1);
    expect((of("stella-stale")?.therapists[0]?.confirmedOn ?? today) <= "2026-08-24").toBe(true);
    expect(of("sol-source-down")?.checks.some((look) => look.decisionCode === "source-down")).toBe(
      true,
    );
  });
});

describe("what moderators have before them", () => {
  const casesOf = (rows: (typeof all)[number]) => rows.cases.map(({ kind }) => kind);
  const revisionState = (rows: (typeof all)[number]) => rows.profileRevisions.at(-1)?.state;

  it("is a case for everything that was sent, with every open look in it", () => {
    for (const rows of all) {
      const sent = ["submitted", "changes-requested"].includes(revisionState(rows) ?? "");
      const down = rows.therapists[0]?.listingState === "suspended";
      expect(casesOf(rows)).toEqual(sent ? ["submission"] : down ? ["complaint"] : []);
      const [opened] = rows.cases;
      const open = rows.checks.filter(({ state }) =>
        openCheckStates.some((known) => known === state),
      );
      if (!sent) continue;
      expect(open.length).toBeGreaterThan(0);
      for (const look of open) expect(look.caseId).toBe(opened?.id);
      expect(opened?.revisionId).toBe(rows.profileRevisions[0]?.id);
      expect(opened?.openedAt).toEqual(rows.profileRevisions[0]?.submittedAt);
      expect(rows.therapists[0]?.consentedAt).toEqual(opened?.openedAt);
    }
  });

  it("stands still while the therapist is asked, and says what for", () => {
    const of = (id: string) => people.find((rows) => rows.therapists[0]?.id === id);
    expect(of("pat-pending")?.cases).toMatchObject([{ id: "pat-pending-case", stoppedAt: null }]);
    const nia = of("nia-needs-info");
    expect(nia?.cases[0]?.stoppedAt).toBeInstanceOf(Date);
    const asked = nia?.checks.find(({ id }) => id === nia.caseItems[0]?.checkId);
    expect(asked?.state).toBe("needs-info");
    expect(nia?.caseItems[0]?.question).toBe(asked?.publicNote);
    const chris = of("chris-changes-requested");
    expect(chris?.cases[0]?.stoppedAt).toBeInstanceOf(Date);
    expect(chris?.decisions).toMatchObject([{ action: "request-changes", state: "in-force" }]);
    expect(of("sam-suspended")).toMatchObject({
      cases: [{ kind: "complaint", urgent: true }],
      reports: [{ caseId: "sam-suspended-case" }],
      decisions: [{ action: "hide", state: "in-force", subject: "listing" }],
    });
  });

  it("happened one after the other, and not after today", () => {
    const end = new Date(`${today}T23:59:59Z`);
    for (const rows of all) {
      const [opened] = rows.cases;
      const { openedAt = end, stoppedAt } = opened ?? {};
      const decided = rows.decisions[0]?.inForceAt;
      const moments = [rows.profileRevisions[0]?.createdAt, openedAt, stoppedAt, decided, end];
      const known = moments.filter((at) => at instanceof Date);
      expect(known).toEqual(known.toSorted((a, b) => a.getTime() - b.getTime()));
    }
  });

  it("was decided by nobody about themselves, and by a rule of the one table", () => {
    for (const rows of all) {
      for (const { proposedBy, therapistId, action, people: takes } of rows.decisions) {
        expect(proposedBy).not.toBe(`person-${therapistId}`);
        expect(decisionRules[action].people).toBe(takes);
        expect(decisionRules[action].within).toContain(rows.cases[0]?.kind);
      }
    }
  });
});
