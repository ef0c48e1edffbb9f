import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { mails } from "#db/schema/mails.ts";
import { checks } from "#db/schema/vetting.ts";
import type { CheckState } from "#db/vocabulary.ts";
import type { Actor } from "#lib/auth/rules.ts";
import { answerWithinDays } from "#lib/cases/rules.ts";
import { dropCredential } from "#lib/credentials/drop-credential.ts";
import { saveCredential } from "#lib/credentials/save-credential.ts";
import type { Typed } from "#lib/forms/rules.ts";
import { loadReference } from "#lib/reference/load-reference.ts";
import { addDays, todayUtc } from "#lib/vetting/rules.ts";
import {
  everyRow,
  licence,
  saveWholeProfile,
  wholeProfile,
} from "../../tests/support/own-profile.ts";
import { makePerson } from "../../tests/support/people.ts";
import { accountEnvironment, mailsTo } from "../../tests/support/test-accounts.ts";
import { testDatabase } from "../../tests/support/test-database.ts";
import { getEditorView } from "./queries.ts";
import { saveTopic, type TopicName } from "./save-topic.ts";
import { missingIn, submitRevision } from "./submit-revision.ts";
import { discardRevision, withdrawRevision } from "./withdraw-revision.ts";

accountEnvironment();
const database = testDatabase();
let actor: Actor & { email: string };
let licenceId: string;

beforeAll(async () => {
  await loadReference(database.db);
});
beforeEach(async () => {
  await database.sql`truncate people cascade`;
  await database.sql`delete from mails`;
  actor = await makePerson(database.db, { locale: "es" });
  licenceId = await saveWholeProfile(actor, database.db, "LIC-1234");
});

const view = () => getEditorView(actor, database.db);
const submit = () => submitRevision(actor, { consent: true }, database.db);
const lookedAt = async (state: CheckState) =>
  (await database.db.select().from(checks))
    .filter((check) => check.state === state)
    .map(({ claimType }) => claimType)
    .toSorted();

const everyClaim = [
  "credential",
  "discipline",
  "exclusion",
  "identity",
  "insurance",
  "practice-statements",
  "training",
];

test("sending opens one look for each claim, by nobody yet", async () => {
  await submit();
  expect(await lookedAt("attested")).toEqual(everyClaim);
  const rows = await database.db.select().from(checks);
  for (const row of rows) {
    expect(row).toMatchObject({ sourceType: "self", method: "manual", claimVersion: 1 });
    expect([row.checkerId, row.checkedOn, row.validUntil, row.authority]).toEqual(
      Array(4).fill(null),
    );
  }
  expect(rows.find(({ claimType }) => claimType === "credential")).toMatchObject({
    track: "right-to-practise",
    credentialId: licenceId,
    claim: { number: "LIC-1234", typeId: "us-lmft", jurisdiction: "US-NV" },
  });
});

test("sending makes a name for the address, and notes the consent", async () => {
  const before = (await view()).therapist;
  expect(before).toMatchObject({ listingState: "draft", consentedAt: null });
  await submit();
  const { therapist, revision } = await view();
  expect(therapist).toMatchObject({ listingState: "pending", consentedAt: expect.any(Date) });
  expect(therapist?.slug).toMatch(/^robin-example-[2-9a-z]{4}$/);
  expect(revision).toMatchObject({ state: "submitted", submittedAt: expect.any(Date) });
});

test("sending says so in one mail, in the person's language, with the day of the answer", async () => {
  await submit();
  const params = { day: addDays(todayUtc(), answerWithinDays) };
  expect(await mailsTo(actor.email, database.db)).toEqual([
    { kind: "submission-received", to: actor.email, params },
  ]);
  const [row, ...more] = await database.db.select().from(mails);
  expect(more).toEqual([]);
  expect(row).toMatchObject({ personId: actor.personId, locale: "es", state: "waiting" });
  expect(row?.sealedBody).not.toContain(actor.email);
});

describe("with something missing", () => {
  const emptied: [TopicName, string, string][] = [
    ["basics", "displayName", "displayName"],
    ["basics", "headline", "headline"],
    ["place", "format", "format"],
    ["disclosure", "reporting", "reporting"],
    ["disclosure", "notes", "notes"],
    ["about", "approach", "approach"],
    ["about", "about", "about"],
  ];
  const gaps: [string, () => Promise<unknown>][] = [
    ...emptied.map(([topic, field, what]): [string, () => Promise<unknown>] => [
      what,
      () => save(topic, { ...wholeProfile[topic], [field]: [] }),
    ]),
    [
      "language",
      () => save("place", { ...wholeProfile.place, "languages.0.level": ["interpreter"] }),
    ],
    [
      "statements",
      () => save("practice", Object.fromEntries(Object.entries(wholeProfile.practice).slice(2))),
    ],
    ["fee", () => save("fees", {})],
    ["contact", () => save("contact", {})],
    ["licence", () => dropCredential(actor, licenceId, database.db)],
  ];
  const save = async (topic: TopicName, typed: Typed) =>
    expect(await saveTopic(actor, { topic, seen: 1, typed }, database.db)).toBeNull();

  test.each(gaps)("%s: nothing is sent, and nothing changes", async (what, empty) => {
    await empty();
    expect(missingIn(await view()).map((gap) => gap.what)).toEqual([what]);
    const before = await everyRow(database.db);
    const refused = { name: "ConflictError", reason: "incomplete" };
    await expect(submit()).rejects.toMatchObject(refused);
    expect(await everyRow(database.db)).toEqual(before);
  });

  test("a certification alone lets nobody practise", async () => {
    await dropCredential(actor, licenceId, database.db);
    const form = licence({ typeId: "cert-aasect-cst", jurisdiction: "" });
    await saveCredential(actor, null, form, database.db);
    await expect(submit()).rejects.toMatchObject({ reason: "incomplete" });
  });
});

describe("taking it back", () => {
  test("makes it a draft again, and withdraws the looks that nobody began", async () => {
    const before = await view();
    await submit();
    await withdrawRevision(actor, database.db);
    const after = await view();
    expect(after.revision).toEqual(before.revision);
    expect(after.therapist).toMatchObject({ listingState: "draft" });
    expect(await lookedAt("attested")).toEqual([]);
    expect(await lookedAt("withdrawn")).toEqual(everyClaim);
  });

  test("leaves on record what moderators have settled, and nothing waits for them", async () => {
    await submit();
    await database.sql`update checks set state = 'in-review' where claim_type = 'identity'`;
    await database.sql`update checks set state = 'unable-to-verify' where claim_type = 'training'`;
    await withdrawRevision(actor, database.db);
    expect(await lookedAt("unable-to-verify")).toEqual(["training"]);
    expect(await lookedAt("withdrawn")).toEqual(everyClaim.filter((claim) => claim !== "training"));
  });

  test("and sending it again opens each look once", async () => {
    await submit();
    await withdrawRevision(actor, database.db);
    await submit();
    expect(await lookedAt("attested")).toEqual(everyClaim);
  });
});

test("a first draft is not let go, even while others are listed", async () => {
  const other = await makePerson(database.db);
  await saveWholeProfile(other, database.db, "OTHER");
  await database.sql`update profile_revisions set state = 'live', published_on = current_date
    from therapists t where t.id = therapist_id and t.person_id = ${other.personId}`;
  expect((await view()).revision?.hasLive).toBe(false);
  const before = await everyRow(database.db);
  const refused = { name: "ConflictError", reason: "not-listed" };
  await expect(discardRevision(actor, database.db)).rejects.toMatchObject(refused);
  expect(await everyRow(database.db)).toEqual(before);
});
