import { renderToStaticMarkup } from "react-dom/server";
import { beforeAll, describe, expect, test } from "vitest";
import { pageFor } from "#app/reader/page-for.ts";
import { type Role, roles } from "#db/vocabulary.ts";
import { auditReaders } from "#lib/auditing/access.ts";
import { rolesThatCount, type Session } from "#lib/auth/rules.ts";
import { caseWorkers } from "#lib/cases/rules.ts";
import { abuseReaders } from "#lib/enquiries/rules.ts";
import { holdReaders } from "#lib/holds/rules.ts";
import { mailKeepers } from "#lib/mails/access.ts";
import { playbookReaders } from "#lib/playbooks/rules.ts";
import { registerReaders } from "#lib/registers/access.ts";
import type { RolePerson, WaitingChange } from "#lib/roles/queries.ts";
import { roleReaders } from "#lib/roles/rules.ts";
import { buildSiteAssets } from "../../scripts/build/site-assets.ts";
import { AccountHeader } from "../account/account-header.tsx";
import { PeopleView } from "./people-view.tsx";
import { PersonView } from "./person-view.tsx";
import { staffForm } from "./staff-form.ts";

beforeAll(buildSiteAssets);

const page = () => pageFor("en", new URL("http://directory.example/moderation/people"));
const change: WaitingChange = {
  id: "change",
  personId: "about",
  name: "",
  email: "about@mail.example",
  askedBy: "asker",
  askerName: "Lee",
  askerEmail: "lee@mail.example",
  askedAt: new Date("2026-11-23T12:00:00Z"),
  from: ["moderator"],
  to: [],
};
const person: RolePerson = {
  id: "about",
  name: "",
  email: "about@mail.example",
  roles: ["moderator"],
  hasSecondFactor: true,
  waiting: null,
  waits: true,
};
const drawPerson = (view: Partial<RolePerson>, viewer = { personId: "lead", isLead: true }) =>
  renderToStaticMarkup(
    <PersonView
      form={staffForm(page(), { typed: { roles: person.roles } })}
      person={{ ...person, ...view }}
      viewer={viewer}
      said={{ done: null, refused: null }}
    />,
  );

describe("what waits", () => {
  test.each([
    { who: "asker", isLead: true, buttons: ["Take it back"] },
    { who: "second", isLead: true, buttons: ["Agree", "Decline"] },
    { who: "about", isLead: true, buttons: [] },
    { who: "auditor", isLead: false, buttons: [] },
  ])("shows $who these answers: $buttons", ({ who, isLead, buttons }) => {
    const html = renderToStaticMarkup(
      <PeopleView
        form={staffForm(page())}
        staff={[{ ...person, hasSecondFactor: false }]}
        waiting={[change]}
        viewer={{ personId: who, isLead }}
      />,
    );
    const labels = [...html.matchAll(/aria-label="(.+?): about@mail\.example"/g)];
    expect(labels.map(([, label]) => label)).toEqual(buttons);
    expect(html).toContain("about@mail.example: from “Moderator” to “No role on the staff”");
    expect(html).toContain("Lee asked for it on 23 November 2026.");
    expect(html).toContain("no second factor yet");
    expect(html.includes('name="email"')).toBe(isLead);
  });
});

describe("the page of a person", () => {
  test("shows the roles they have, what was seen, and whether a change waits", () => {
    const html = drawPerson({});
    expect(html).toMatch(/checked="" (?:[^>]*)value="moderator"|value="moderator"[^>]*checked=""/);
    expect(html).toContain('name="version" value="moderator"');
    expect(html).toContain("waits until they agree");
    expect(drawPerson({ waits: false })).toContain("takes effect at once");
  });

  test("has no form while a change waits, and none for an auditor", () => {
    expect(drawPerson({ waiting: change })).not.toContain('name="version"');
    const auditor = drawPerson({}, { personId: "auditor", isLead: false });
    expect(auditor).not.toMatch(/<form|second-factor"/);
  });

  test.each([
    [{}, "lead", true, false],
    [{ hasSecondFactor: false }, "lead", false, false],
    [{ roles: ["lead"] }, "lead", false, true],
    [{}, "about", false, false],
  ] as const)("offers to reset second factors: %j to %s %s", (view, viewer, offers, onServer) => {
    const html = drawPerson(
      { ...view, roles: [...("roles" in view ? view.roles : person.roles)] },
      { personId: viewer, isLead: true },
    );
    expect(html.includes("/moderation/people/about/second-factor")).toBe(offers);
    expect(html.includes("done on the server")).toBe(onServer);
  });
});

describe("the ways in the header are those that the pages let in:", () => {
  const linksOf = (held: readonly Role[], secondFactor: Session["secondFactor"]) => {
    const session: Session = {
      personId: "me",
      roles: rolesThatCount(held, secondFactor),
      heldRoles: held,
      email: "me@mail.example",
      name: "",
      locale: "en",
      secondFactor,
      secondFactorAt: null,
      deletionAskedAt: null,
    };
    const html = renderToStaticMarkup(
      <AccountHeader page={page()} session={session} area="people" />,
    );
    return [...html.matchAll(/href="\/moderation\/?(\w*)"/g)].map(([, name]) => name || "queue");
  };
  const open: Record<string, readonly Role[]> = {
    queue: caseWorkers,
    people: roleReaders,
    abuse: abuseReaders,
    playbooks: playbookReaders,
    registers: registerReaders,
    mails: mailKeepers,
    audit: auditReaders,
    holds: holdReaders,
  };

  test.each(roles)("of a %s, with a second factor and without", (role) => {
    const expected = Object.keys(open).filter((area) => open[area]?.includes(role));
    expect(linksOf([role], "passed")).toEqual(expected);
    expect(linksOf([role], "not-set-up")).toEqual(expected);
  });
});
