import { and, eq } from "drizzle-orm";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { credentials, trainings } from "#db/schema/credentials.ts";
import { profileRevisions } from "#db/schema/profiles.ts";
import { checks } from "#db/schema/vetting.ts";
import type { Actor } from "#lib/auth/rules.ts";
import { dropCredential, keepCredential } from "#lib/credentials/drop-credential.ts";
import { saveCredential } from "#lib/credentials/save-credential.ts";
import { saveInsurance } from "#lib/credentials/save-insurance.ts";
import type { Typed } from "#lib/forms/rules.ts";
import { getContactWays, getPublicProfile } from "#lib/profiles/queries.ts";
import { loadReference } from "#lib/reference/load-reference.ts";
import { addDays, todayUtc } from "#lib/vetting/rules.ts";
import {
  everyRow,
  goLive,
  insured,
  licence,
  saveWholeProfile,
} from "../../tests/support/own-profile.ts";
import { makePerson } from "../../tests/support/people.ts";
import { accountEnvironment } from "../../tests/support/test-accounts.ts";
import { testDatabase } from "../../tests/support/test-database.ts";
import { listClaimsToCheck } from "./claims-to-check.ts";
import { getEditorView, getRevisionView } from "./queries.ts";
import { saveTopic, type TopicName, topics } from "./save-topic.ts";
import { submitRevision } from "./submit-revision.ts";
import { discardRevision, withdrawRevision } from "./withdraw-revision.ts";

accountEnvironment();
const database = testDatabase();
const today = todayUtc();
let actor: Actor;
let licenceId: string;
let trainingId: string;

beforeAll(async () => {
  await loadReference(database.db);
});

beforeEach(async () => {
  await database.sql`truncate people cascade`;
  actor = await makePerson(database.db);
  licenceId = await saveWholeProfile(actor, database.db, "LIC-1234");
  await goLive(actor, database.db);
  trainingId = (await view()).trainings[0]?.id ?? "";
});

const view = () => getEditorView(actor, database.db);
const submit = () => submitRevision(actor, { consent: true }, database.db);
const conflict = (reason: string) => ({ name: "ConflictError", reason });

/** Saves a page as it stands, but for some fields. */
async function change(topic: TopicName, fields: Typed): Promise<void> {
  const now = await view();
  const typed = { ...topics[topic].fill(now), ...fields };
  const errors = await saveTopic(
    actor,
    { topic, seen: now.versions[topic] ?? 0, typed },
    database.db,
  );
  expect(errors).toBeNull();
}

async function shown() {
  const slug = (await view()).therapist?.slug ?? "";
  const profile = await getPublicProfile(slug, today, database.db);
  expect(profile).not.toBeNull();
  return { profile, ways: await getContactWays(slug, today, database.db) };
}

/** Another word on every page, another number, and a course more. */
async function changeEverything(): Promise<void> {
  await change("basics", { displayName: ["Robin Other"], headline: ["Something else."] });
  await change("place", { format: ["phone"] });
  await change("disclosure", { reporting: ["Nothing else."] });
  await change("fees", { feeMin: ["90"], feeMax: ["95"] });
  await change("about", { approach: ["Another way."], about: ["Another story."] });
  await change("contact", { "ways.0.value": ["other@practice.example"] });
  await change("trainings", {
    "trainings.0.title": ["Another title"],
    "trainings.1.title": ["A second course"],
    "trainings.1.provider": ["A school"],
    "trainings.1.kind": ["workshop"],
    "trainings.1.year": ["2025"],
    "trainings.1.workerLed": ["no"],
  });
  await saveCredential(actor, licenceId, licence({ number: "LIC-9999", version: 1 }), database.db);
  await saveCredential(
    actor,
    null,
    licence({ jurisdiction: "US-CA", number: "CA-1" }),
    database.db,
  );
}

async function changeStatement(): Promise<void> {
  const first = (await view()).statements[0]?.id ?? "";
  await change("practice", { [`words-${first}`]: ["Other words, and enough of them."] });
}

const askForChanges = () =>
  database.sql`update profile_revisions set state = 'changes-requested' where state = 'submitted'`;

const claims = async () => ({
  credentials: await database.db.select().from(credentials).orderBy(credentials.id),
  trainings: await database.db.select().from(trainings).orderBy(trainings.id),
});
const openChecks = () =>
  database.db
    .select({
      claimType: checks.claimType,
      credentialId: checks.credentialId,
      trainingId: checks.trainingId,
      claimVersion: checks.claimVersion,
    })
    .from(checks)
    .where(eq(checks.state, "attested"));
const opened = async () => (await openChecks()).map(({ claimType }) => claimType).toSorted();
const states = async () =>
  (
    await database.db
      .select({ state: profileRevisions.state })
      .from(profileRevisions)
      .orderBy(profileRevisions.number)
  ).map(({ state }) => state);

describe("while a draft is edited", () => {
  test("readers see what they saw, and get the contact that they got", async () => {
    const before = await shown();
    await changeEverything();
    expect(await shown()).toEqual(before);
    await submit();
    expect(await shown()).toEqual(before);
    await withdrawRevision(actor, database.db);
    expect(await shown()).toEqual(before);
    expect((await view()).revision).toMatchObject({ state: "draft", headline: "Something else." });
  });

  test("current claims stay as they are, and proposed ones stand beside them", async () => {
    const before = await claims();
    await changeEverything();
    const after = await claims();
    for (const kind of ["credentials", "trainings"] as const) {
      const current = after[kind].filter(({ stage }) => stage === "current");
      expect(current).toEqual(before[kind]);
    }
    const proposed = [...after.credentials, ...after.trainings].filter(
      ({ stage }) => stage === "proposed",
    );
    expect(proposed.map(({ replacesId }) => replacesId).toSorted()).toEqual(
      [licenceId, trainingId, null, null].toSorted(),
    );
  });

  test("the editor shows proposed claims in the place of what they replace", async () => {
    await changeEverything();
    const { credentials: held, trainings: courses } = await view();
    expect(held.map(({ number }) => number).toSorted()).toEqual(["CA-1", "LIC-9999"]);
    expect(courses.map(({ title }) => title).toSorted()).toEqual([
      "A second course",
      "Another title",
    ]);
  });

  test("a licence that is dropped stays for readers, and can be kept after all", async () => {
    const before = await shown();
    await dropCredential(actor, licenceId, database.db);
    expect(await shown()).toEqual(before);
    expect((await view()).credentials).toMatchObject([{ id: licenceId, retireProposed: true }]);
    await expect(submit()).rejects.toMatchObject(conflict("incomplete"));
    await keepCredential(actor, licenceId, database.db);
    expect((await view()).credentials).toMatchObject([{ id: licenceId, retireProposed: false }]);
  });

  test.each([
    ["by the id of the change", () => view().then(({ credentials: [held] }) => held?.id ?? "")],
    ["by the id of what it replaces, in a tab from before", async () => licenceId],
  ])("a changed licence that is dropped goes with its change: %s", async (_name, idOf) => {
    await saveCredential(
      actor,
      licenceId,
      licence({ number: "LIC-9999", version: 1 }),
      database.db,
    );
    await dropCredential(actor, await idOf(), database.db);
    expect((await claims()).credentials).toMatchObject([{ id: licenceId, retireProposed: true }]);
  });

  test("a training that is taken out of the list is only wished away", async () => {
    const now = await view();
    const form = { topic: "trainings", seen: now.versions.trainings ?? 0, typed: {} } as const;
    await saveTopic(actor, form, database.db);
    expect((await claims()).trainings).toMatchObject([
      { id: trainingId, stage: "current", retireProposed: true },
    ]);
  });
});

describe("whoever looks at what was sent", () => {
  const revisionsOf = async () => {
    const id = (await view()).therapist?.id ?? "";
    const rows = await database.db
      .select({ id: profileRevisions.id, state: profileRevisions.state })
      .from(profileRevisions)
      .where(eq(profileRevisions.therapistId, id));
    const idOf = (state: string) => rows.find((row) => row.state === state)?.id ?? "";
    return { id, live: idOf("live"), sent: idOf("submitted") };
  };

  test("sees what the therapist sees of it, and the live one with its own claims", async () => {
    const before = await view();
    await changeEverything();
    await submit();
    const { id, live, sent } = await revisionsOf();
    expect(await getRevisionView(id, sent, database.db)).toEqual(await view());
    const { revision, terms, contacts, ...then } =
      (await getRevisionView(id, live, database.db)) ?? before;
    expect(revision).toEqual(before.revision);
    expect({ terms, contacts }).toEqual({ terms: before.terms, contacts: before.contacts });
    expect(then.credentials).toEqual(before.credentials);
    expect(then.trainings).toEqual(before.trainings);
  });

  test("gets nothing for a revision of another therapist, or one that is not there", async () => {
    await changeEverything();
    await submit();
    const { id, sent } = await revisionsOf();
    const other = await makePerson(database.db);
    await saveWholeProfile(other, database.db, "OTHER-1");
    const theirs = (await getEditorView(other, database.db)).therapist?.id ?? "";
    expect(theirs).not.toBe("");
    expect(await getRevisionView(theirs, sent, database.db)).toBeNull();
    expect(await getRevisionView(id, "nothing", database.db)).toBeNull();
    expect(await getRevisionView("nobody", sent, database.db)).toBeNull();
  });
});

describe("to let a draft go", () => {
  test("takes proposed claims and open looks with it, and nothing that readers see", async () => {
    const before = { ...(await shown()), ...(await claims()) };
    await changeEverything();
    await dropCredential(actor, licenceId, database.db);
    await discardRevision(actor, database.db);
    expect({ ...(await shown()), ...(await claims()) }).toEqual(before);
    expect(await states()).toEqual(["live", "withdrawn"]);
    expect((await view()).revision).toMatchObject({ state: "live", number: 1 });
  });

  test("after changes were asked for, leaves no look open", async () => {
    await changeStatement();
    await submit();
    await askForChanges();
    expect(await opened()).toContain("practice-statements");
    await discardRevision(actor, database.db);
    expect(await opened()).toEqual([]);
  });

  test("starts the next draft from what is live", async () => {
    await changeEverything();
    await discardRevision(actor, database.db);
    await change("fees", { feeMin: ["130"], feeMax: ["130"] });
    expect((await view()).revision).toMatchObject({ number: 3, displayName: "Robin Example" });
  });
});

/** Another name is looked up anew wherever people are looked up by name. */
const everything = [
  "credential",
  "credential",
  "discipline",
  "exclusion",
  "identity",
  "training",
  "training",
];

describe("looks that a revision asks for", () => {
  test("are none where nothing that was checked has changed", async () => {
    await change("about", { about: ["Another story."] });
    await submit();
    expect(await openChecks()).toEqual([]);
  });

  const changes: [string, () => Promise<unknown>, string[]][] = [
    [
      "a licence",
      () =>
        saveCredential(actor, licenceId, licence({ number: "LIC-9999", version: 1 }), database.db),
      ["credential"],
    ],
    [
      "a supervised licence",
      () => {
        const supervised = { supervised: "yes", supervisorName: "A supervisor" } as const;
        const form = licence({ number: "LIC-1234", version: 1, ...supervised });
        return saveCredential(actor, licenceId, form, database.db);
      },
      ["credential", "supervision"],
    ],
    [
      "a training",
      () => change("trainings", { "trainings.0.title": ["Another title"] }),
      ["training"],
    ],
    [
      "insurance",
      () =>
        saveInsurance(
          actor,
          { seen: 1, insurance: { ...insured, insurer: "Another" } },
          database.db,
        ),
      ["insurance"],
    ],
    ["a statement", changeStatement, ["practice-statements"]],
    ["all of it", changeEverything, everything],
  ];
  test.each(changes)("are for what changed: %s", async (_name, edit, expected) => {
    await edit();
    await change("about", { about: ["Another story."] });
    const said = await listClaimsToCheck(await view(), today, database.db);
    await submit();
    expect(await opened()).toEqual(expected);
    expect(said.map(({ claimType }) => claimType).toSorted()).toEqual(expected);
  });

  test("name the claim and the version that moderators shall look at", async () => {
    const form = licence({ number: "LIC-9999", version: 1 });
    const id = await saveCredential(actor, licenceId, form, database.db);
    await submit();
    const about = { claimType: "credential", credentialId: id, trainingId: null, claimVersion: 2 };
    expect(await openChecks()).toEqual([about]);
  });

  test("are asked for again when the last one has lapsed", async () => {
    await database.sql`update checks set valid_until = ${addDays(today, -1)}
      where claim_type = 'discipline'`;
    await change("about", { about: ["Another story."] });
    const said = await listClaimsToCheck(await view(), today, database.db);
    expect(said).toMatchObject([{ claimType: "discipline", why: "lapsed" }]);
    await submit();
    expect(await opened()).toEqual(["discipline"]);
  });

  test("are not asked for twice when a revision is sent again", async () => {
    await changeStatement();
    await submit();
    await askForChanges();
    await submit();
    expect(await opened()).toEqual(["practice-statements"]);
  });

  test("are withdrawn with the revision, and what was decided stays", async () => {
    const verified = () =>
      database.db
        .select()
        .from(checks)
        .where(and(eq(checks.state, "verified")))
        .orderBy(checks.id);
    const before = await verified();
    await changeEverything();
    await submit();
    await withdrawRevision(actor, database.db);
    expect(await opened()).toEqual([]);
    expect(await verified()).toEqual(before);
    await submit();
    expect(await opened()).toEqual(everything);
  });
});

describe("ids of someone else", () => {
  const notFound = { name: "NotFoundError" };
  let other: Actor;
  beforeEach(async () => {
    other = await makePerson(database.db);
    await saveWholeProfile(other, database.db, "OTHER-1");
  });

  test.each([
    ["that exist", () => ({ licence: licenceId, training: trainingId })],
    ["that nobody has", () => ({ licence: "nothing", training: "nothing" })],
  ])("%s are not there", async (_name, ids) => {
    const { licence: id, training } = ids();
    const before = await everyRow(database.db);
    const now = await getEditorView(other, database.db);
    const typed = { ...topics.trainings.fill(now), "trainings.0.id": [training] };
    const form = { topic: "trainings", seen: 1, typed } as const;
    const tries = [
      () => saveTopic(other, form, database.db),
      () => saveCredential(other, id, licence({ version: 1 }), database.db),
      () => dropCredential(other, id, database.db),
      () => keepCredential(other, id, database.db),
    ];
    for (const attempt of tries) await expect(attempt()).rejects.toMatchObject(notFound);
    expect(await everyRow(database.db)).toEqual(before);
  });

  test("one training twice in a form is not there the second time", async () => {
    const row = topics.trainings.fill(await view());
    const twice = Object.entries(row).map(([name, value]) => [name.replace(".0.", ".1."), value]);
    const typed = { ...row, ...Object.fromEntries(twice) };
    const form = { topic: "trainings", seen: 1, typed } as const;
    await expect(saveTopic(actor, form, database.db)).rejects.toMatchObject(notFound);
  });
});
