import { isNull } from "drizzle-orm";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { cases } from "#db/schema/cases.ts";
import { type Role, roles } from "#db/vocabulary.ts";
import type { Actor } from "#lib/auth/rules.ts";
import { askForInfo } from "#lib/cases/ask-for-info.ts";
import { claimCase, releaseCase } from "#lib/cases/claim-case.ts";
import { declareConflict } from "#lib/cases/declare-conflict.ts";
import { writeMessage } from "#lib/cases/write-message.ts";
import { decide } from "#lib/decisions/decide.ts";
import { nameContext } from "#lib/evidence/rules.ts";
import { isPhotoOfClaimed } from "#lib/photos/queries.ts";
import { loadReference } from "#lib/reference/load-reference.ts";
import { getEditorView } from "#lib/revisions/queries.ts";
import { saveTopic, topics } from "#lib/revisions/save-topic.ts";
import { submitRevision } from "#lib/revisions/submit-revision.ts";
import { seal } from "#lib/sealing/seal.ts";
import { todayUtc } from "#lib/vetting/rules.ts";
import { goLive, saveWholeProfile } from "../../tests/support/own-profile.ts";
import { makePerson } from "../../tests/support/people.ts";
import { accountEnvironment } from "../../tests/support/test-accounts.ts";
import { testDatabase } from "../../tests/support/test-database.ts";
import { getCaseFile } from "./queries.ts";

accountEnvironment();
const database = testDatabase();
const today = todayUtc();
let owner: Actor;
let caseId: string;

const secrets = ["Quill Nightingale", "canary-note", "canary-file", "canary-question"];
const licenceWords = ["LIC-1234", "us-lmft"];
const open = (actor: Actor) => getCaseFile(actor, caseId, today, database.db);
const text = async (actor: Actor) => JSON.stringify(await open(actor));

beforeAll(() => loadReference(database.db));

/** A live profile with changes sent, a document of each kind, a note and a question. */
beforeEach(async () => {
  const { db, sql } = database;
  await sql`truncate people cascade`;
  owner = await makePerson(db, { roles: ["therapist"] });
  const licenceId = await saveWholeProfile(owner, db, "LIC-1234");
  await goLive(owner, db);
  const view = await getEditorView(owner, db);
  const therapistId = view.therapist?.id ?? "";
  const trainingId = view.trainings[0]?.id ?? "";
  const change = async (topic: "basics" | "trainings", fields: Record<string, string[]>) => {
    const now = await getEditorView(owner, db);
    const typed = { ...topics[topic].fill(now), ...fields };
    const seen = now.versions[topic] ?? 0;
    expect(await saveTopic(owner, { topic, seen, typed }, db)).toBeNull();
  };
  await change("basics", { headline: ["I ask what you want."] });
  await change("trainings", { "trainings.0.title": ["Two days on consent"] });
  await submitRevision(owner, { consent: true }, db);
  const [found] = await db.select({ id: cases.id }).from(cases).where(isNull(cases.closedAt));
  caseId = found?.id ?? "";
  for (const [subject, ofLicence, ofTraining] of [
    ["credential", licenceId, null],
    ["training", null, trainingId],
    ["identity", null, null],
  ] as const) {
    const id = `e-${subject}`;
    await sql`insert into evidence (id, therapist_id, subject, credential_id, training_id,
        sealed_name, media_type, byte_length, sha256, wrapped_key, storage_ref)
      values (${id}, ${therapistId}, ${subject}, ${ofLicence}, ${ofTraining},
        ${seal(`canary-file ${subject}`, nameContext(id))}, 'image/png', 1, 'x', 'key', 'ref')`;
  }
  await sql`insert into photos (id, therapist_id) values ('photo', ${therapistId})`;
  const first = await makePerson(db, { roles: ["moderator"] });
  await claimCase(first, caseId, db);
  await writeMessage(first, { caseId, kind: "private-note", body: "canary-note" }, db);
  const items = [{ checkId: null, question: "canary-question" }];
  await askForInfo(first, { caseId, items }, db);
  await releaseCase(first, caseId, db);
});

const situations = {
  "claimed it": (actor: Actor) => claimCase(actor, caseId, database.db),
  "did not claim it": async () => {},
  "let the claim lapse": async (actor: Actor) => {
    await claimCase(actor, caseId, database.db);
    await database.sql`update cases set claimed_until = now() - interval '1 second'
      where id = ${caseId}`;
  },
  "sees another with it": async () =>
    claimCase(await makePerson(database.db, { roles: ["lead"] }), caseId, database.db),
  "declared a conflict": (actor: Actor) => declareConflict(actor, caseId, database.db),
};
type Situation = keyof typeof situations;

describe.each(roles.filter((role) => role !== "therapist"))("a %s", (role) => {
  const works = role !== "auditor";
  const all = role === "moderator" || role === "lead";

  test.each(Object.keys(situations) as Situation[])("who %s", async (situation) => {
    const actor = await makePerson(database.db, { roles: [role] });
    if (!works) {
      await expect(open(actor)).rejects.toMatchObject({ name: "NotFoundError" });
      return;
    }
    await situations[situation](actor);
    if (situation === "declared a conflict") {
      await expect(open(actor)).rejects.toMatchObject({ name: "NotFoundError" });
      return;
    }
    const said = await text(actor);
    const mine = situation === "claimed it";
    for (const secret of secrets) {
      const seen = mine && (all || secret === "canary-file");
      expect(said.includes(secret), secret).toBe(seen);
    }
    for (const word of licenceWords) expect(said.includes(word), word).toBe(all);
    expect(await isPhotoOfClaimed("photo", actor, database.db)).toBe(mine);
    if (mine) {
      const { details } = await open(actor);
      expect(details?.documents.map(({ subject }) => subject).toSorted()).toEqual(
        all ? ["credential", "identity", "training"] : ["training"],
      );
    }
  });

  test("whose own case it would be", async () => {
    await database.sql`update people set roles = ${["therapist", role]} where id = ${owner.personId}`;
    const own: Actor = { ...owner, roles: ["therapist", role] as Role[] };
    await expect(open(own)).rejects.toMatchObject({ name: "NotFoundError" });
  });
});

test("what was sent stands beside what readers see, and the rest is left out", async () => {
  const mo = await makePerson(database.db, { roles: ["moderator"] });
  const { differences, claims } = await open(mo);
  expect(differences.map(({ topic, field }) => `${topic} ${field}`)).toEqual([
    "basics headline",
    "trainings trainings-title",
  ]);
  const training = claims.find(({ now }) => now.claimType === "training");
  expect(training?.open).toBe(true);
  expect(training?.now.claim).toMatchObject({ title: "Two days on consent" });
  expect(training?.earlier.map(({ claim }) => claim.title)).toEqual(["A day on consent"]);
  const licence = claims.find(({ now }) => now.claimType === "credential");
  expect(licence).toMatchObject({ open: false, now: { state: "verified" } });
});

test("a reviewer of one track finds no case without anything of it", async () => {
  const liv = await makePerson(database.db, { roles: ["lived-experience-reviewer"] });
  await database.sql`update checks set track = 'safety' where case_id = ${caseId}`;
  await expect(open(liv)).rejects.toMatchObject({ name: "NotFoundError" });
});

test("what waits for a second person is there with all it says once the case is claimed", async () => {
  const mo = await makePerson(database.db, { roles: ["moderator"] });
  const mia = await makePerson(database.db, { roles: ["moderator"] });
  await claimCase(mo, caseId, database.db);
  const about = { caseId, checkId: null, code: null, record: null };
  await decide(mo, { ...about, action: "refuse", reason: "Because." }, database.db);
  await releaseCase(mo, caseId, database.db);
  const { decisions, actions, blockers } = await open(mia);
  expect(decisions[0]).toMatchObject({ action: "refuse", state: "proposed", reason: "Because." });
  expect(decisions[0]?.proposedBy).toBe(mo.personId);
  expect(actions).toEqual(["accept", "request-changes", "refuse", "hide"]);
  expect(blockers).toContain("open-looks");
});

test("a number that two accounts claim names the other one", async () => {
  const mo = await makePerson(database.db, { roles: ["moderator"] });
  const other = await makePerson(database.db);
  await saveWholeProfile(other, database.db, "LIC-1234");
  await claimCase(mo, caseId, database.db);
  const { details } = await open(mo);
  expect(details?.conflicts).toMatchObject([
    { number: "LIC-1234", otherName: "Robin Example", otherCaseId: null },
  ]);
});

test("a case that nobody ever opened is not there", async () => {
  const mo = await makePerson(database.db, { roles: ["moderator"] });
  await expect(getCaseFile(mo, "no-such-case", today, database.db)).rejects.toMatchObject({
    name: "NotFoundError",
  });
});
