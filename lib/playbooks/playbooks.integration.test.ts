import { count, eq } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { auditEvents } from "#db/schema/audit.ts";
import { playbooks } from "#db/schema/playbooks.ts";
import { roles } from "#db/vocabulary.ts";
import { refusal } from "../../tests/support/outcome.ts";
import { makePerson } from "../../tests/support/people.ts";
import { testDatabase } from "../../tests/support/test-database.ts";
import { editPlaybook } from "./edit-playbook.ts";
import { loadPlaybooks } from "./load-playbooks.ts";
import {
  findClaimPlaybook,
  findPlaybook,
  getPlaybook,
  listPlaybooks,
  listVersions,
} from "./queries.ts";
import { shippedPlaybooks } from "./shipped-playbooks.ts";

const database = testDatabase();
const shipped = shippedPlaybooks();
const california = shipped.find(({ id }) => id === "us-ca")?.content;
if (!california) throw new Error("there is no playbook of California");
const changed = (name: string) => ({ ...california, name });
const shipping = (name: string) => [{ id: "us-ca", content: changed(name) }];

beforeEach(async () => {
  await database.db.delete(playbooks);
  await loadPlaybooks(database.db);
});

const lead = (name = "Lead") =>
  makePerson(database.db, { roles: ["lead"] }).then((person) => ({
    ...person,
    edit: (seenVersion: number, words = name) =>
      outcome(
        editPlaybook(
          person,
          { id: "us-ca", seenVersion, content: changed(words), reason: "It has moved" },
          database.db,
        ),
      ),
  }));
const outcome = (work: Promise<unknown>) => work.catch(refusal);
const edits = () =>
  database.db.select().from(auditEvents).where(eq(auditEvents.verb, "playbook.edit"));
const rows = async () =>
  (await database.db.select({ rows: count() }).from(playbooks))[0]?.rows ?? 0;

describe("loading", () => {
  test("writes each once, whoever starts at the same moment", async () => {
    await database.db.delete(playbooks);
    await Promise.all(Array.from({ length: 4 }, () => loadPlaybooks(database.db)));
    await loadPlaybooks(database.db);
    expect(await rows()).toBe(shipped.length);
    expect(await getPlaybook("us-ca", null, database.db)).toMatchObject({
      ...california,
      id: "us-ca",
      version: 1,
    });
  });

  test("a changed text is a new version where nobody has edited", async () => {
    await loadPlaybooks(database.db, shipping("New words"));
    await loadPlaybooks(database.db, shipping("New words"));
    expect(await rows()).toBe(shipped.length + 1);
    expect(await getPlaybook("us-ca", null, database.db)).toMatchObject({
      version: 2,
      name: "New words",
    });
  });

  test("never goes over what a lead has written", async () => {
    await (await lead("By a lead")).edit(1);
    await loadPlaybooks(database.db, shipping("New words"));
    expect(await getPlaybook("us-ca", null, database.db)).toMatchObject({
      version: 2,
      name: "By a lead",
    });
  });
});

describe("editing", () => {
  test.each(roles)("by a %s", async (role) => {
    const before = await edits();
    const actor = await makePerson(database.db, { roles: [role] });
    const edit = { id: "us-ca", seenVersion: 1, content: changed("New"), reason: "It has moved" };
    expect(await outcome(editPlaybook(actor, edit, database.db))).toBe(
      role === "lead" ? 2 : "not found",
    );
    expect(await rows()).toBe(shipped.length + (role === "lead" ? 1 : 0));
    expect((await edits()).slice(before.length)).toMatchObject(
      role === "lead"
        ? [
            {
              actorId: actor.personId,
              subjectId: "us-ca",
              details: { version: 2, fields: ["name"] },
            },
          ]
        : [],
    );
  });

  test("of an older version is a conflict, unless it says the same", async () => {
    const someone = await lead();
    expect(await someone.edit(1, "One")).toBe(2);
    expect(await someone.edit(1, "Two")).toBe("changed-elsewhere");
    expect(await someone.edit(1, "One")).toBe(2);
    expect(await someone.edit(9, "Three")).toBe("changed-elsewhere");
    expect(await someone.edit(2, "Two")).toBe(3);
  });

  test("by twenty at the same moment is one edit", async () => {
    const before = (await edits()).length;
    const leads = await Promise.all(Array.from({ length: 20 }, (_, n) => lead(`Lead ${n}`)));
    const answers = await Promise.all(leads.map((each) => each.edit(1)));
    expect(answers.filter((answer) => answer === 2)).toHaveLength(1);
    expect(answers.filter((answer) => answer === "changed-elsewhere")).toHaveLength(19);
    expect(await edits()).toHaveLength(before + 1);
  });

  test("of one that is not there finds nothing", async () => {
    const actor = await makePerson(database.db, { roles: ["lead"] });
    const edit = { id: "no-such", seenVersion: 0, content: california, reason: "None" };
    expect(await outcome(editPlaybook(actor, edit, database.db))).toBe("not found");
  });

  test("leaves the versions before as they were, with who made each and why", async () => {
    const someone = await lead();
    await someone.edit(1, "Second");
    expect(await getPlaybook("us-ca", 1, database.db)).toMatchObject(california);
    expect(await getPlaybook("us-ca", 7, database.db)).toBeNull();
    expect(await listVersions("us-ca", database.db)).toMatchObject([
      { version: 2, isEdited: true, editorEmail: someone.email, reason: "It has moved" },
      { version: 1, isEdited: false, editorEmail: null, reason: null },
    ]);
  });
});

describe("finding", () => {
  test.each([
    ["us-lmft", "US-CA", "us-ca"],
    ["us-addiction-counselor", "US-TX", "us-state-board"],
    ["us-psychiatrist", "US-CA", "us-docinfo"],
    ["us-psychoanalyst", "US-NY", "us-ny"],
    ["ca-psychologist", "CA-ON", "ca-on-cpbao"],
    ["ca-psychologist", "CA-NS", "ca-regulator"],
    ["gb-babcp", "IE-D", "gb-cbt-register"],
    ["cert-emdria", null, "cert-emdria"],
    ["something-else", "US-CA", "other"],
    [null, null, "other"],
  ])("%s in %s: %s", async (type, place, id) => {
    expect((await findPlaybook(type, place, database.db))?.id).toBe(id);
  });

  const claim = { credentialType: "us-psychologist", jurisdiction: "US-TX", compactId: null };
  test.each([
    [{ ...claim, claimType: "credential" }, "us-tx"],
    [{ ...claim, claimType: "credential", compactId: "psypact" }, "compact-psypact"],
    [{ ...claim, claimType: "credential", compactId: "unknown" }, "us-tx"],
    [{ ...claim, claimType: "exclusion" }, "us-oig-leie"],
    [{ ...claim, claimType: "discipline" }, "us-tx"],
    [{ ...claim, claimType: "insurance" }, undefined],
  ] as const)("%j: %s", async (sought, id) => {
    expect((await findClaimPlaybook(sought, database.db))?.id).toBe(id);
  });

  test("goes by what leads have written", async () => {
    const actor = await makePerson(database.db, { roles: ["lead"] });
    const content = { ...california, credentialTypes: ["us-psychiatrist"] };
    const edit = { id: "us-ca", seenVersion: 1, content, reason: "It keeps physicians now" };
    await editPlaybook(actor, edit, database.db);
    expect((await findPlaybook("us-psychiatrist", "US-CA", database.db))?.id).toBe("us-ca");
    expect((await findPlaybook("us-lmft", "US-CA", database.db))?.id).toBe("us-state-board");
  });

  test("lists each once, in its newest version, by name", async () => {
    await (await lead("000 board")).edit(1);
    const list = await listPlaybooks(database.db);
    expect(list).toHaveLength(shipped.length);
    expect(list[0]).toMatchObject({
      id: "us-ca",
      version: 2,
      name: "000 board",
      isEdited: true,
    });
    expect(list[0]?.jurisdictions).toEqual(["US-CA"]);
  });

  test("finds nothing before anything was loaded", async () => {
    await database.db.delete(playbooks);
    expect(await findPlaybook("us-lmft", "US-CA", database.db)).toBeNull();
  });
});
