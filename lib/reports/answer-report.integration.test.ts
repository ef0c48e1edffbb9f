import { randomBytes, randomUUID } from "node:crypto";
import { beforeAll, beforeEach, expect, test, vi } from "vitest";
import { roles } from "#db/vocabulary.ts";
import type { Actor } from "#lib/auth/rules.ts";
import { seedDemo } from "#lib/demo/seed-demo.ts";
import { replyEnd } from "#lib/enquiries/rules.ts";
import { makeCodename } from "#lib/letters/codename.ts";
import { openReply } from "#lib/letters/letter.ts";
import { type Mailbox, openMailbox } from "#lib/letters/mailbox.ts";
import { loadReference } from "#lib/reference/load-reference.ts";
import { todayUtc } from "#lib/vetting/rules.ts";
import { outcome } from "../../tests/support/outcome.ts";
import { makePerson } from "../../tests/support/people.ts";
import { testDatabase } from "../../tests/support/test-database.ts";
import { answerReport } from "./answer-report.ts";
import { listReports } from "./queries.ts";
import { receiveReport } from "./receive-report.ts";

const database = testDatabase();
const today = todayUtc();
let slug = "";
let mailbox: Mailbox;
let reportId = "";
let caseId = "";

beforeAll(async () => {
  vi.stubEnv("MASTER_KEY", randomBytes(32).toString("base64"));
  await loadReference(database.db);
  await seedDemo(database.db, { therapists: 0, today });
  const [row] = await database.sql<{ slug: string }[]>`select t.slug from therapists t
    join people p on p.id = t.person_id where p.persona = 'lia-listed'`;
  slug = row?.slug ?? "";
  mailbox = await openMailbox(makeCodename("en").entropy);
  return () => vi.unstubAllEnvs();
});
beforeEach(async () => {
  await database.sql`delete from replies`;
  await database.sql`delete from reports`;
  await database.sql`delete from cases`;
  await receiveReport(
    { slug, kind: "harm", words: "said", nonce: randomUUID() },
    today,
    database.db,
  );
  const [row] = await database.sql<{ id: string; caseId: string }[]>`
    update reports set reply_token_hash = ${mailbox.tokenHash},
      reply_recipient = ${mailbox.reportRecipient} returning id, case_id as "caseId"`;
  reportId = row?.id ?? "";
  caseId = row?.caseId ?? "";
});

async function claimant(role: (typeof roles)[number] = "moderator"): Promise<Actor> {
  const actor = await makePerson(database.db, { roles: [role] });
  await database.sql`update cases set claimed_by = ${actor.personId},
    claimed_until = now() + interval '1 hour' where id = ${caseId}`;
  return actor;
}

const give = (actor: Actor) =>
  answerReport(actor, { reportId, answer: "We hid it." }, today, database.db);
const left = () => database.sql<{ ciphertext: string; tokenHash: string; expiresOn: string }[]>`
  select ciphertext, token_hash as "tokenHash", expires_on::text as "expiresOn" from replies`;

test("it opens for whoever has the codename, and says that it is from moderators", async () => {
  const actor = await claimant();
  expect((await listReports(actor, caseId, database.db))[0]?.answerable).toBe(true);
  await give(actor);
  const [reply] = await left();
  expect(reply).toMatchObject({ tokenHash: mailbox.tokenHash, expiresOn: replyEnd(today) });
  expect(await openReply(reply?.ciphertext ?? "", mailbox)).toEqual({
    ok: true,
    body: "We hid it.",
    therapist: "moderators",
    last: true,
  });
});

test("it is given once, noted without its words, and the way back is forgotten", async () => {
  const actor = await claimant();
  await give(actor);
  expect(await outcome(give(actor))).toBe("already-decided");
  expect((await listReports(actor, caseId, database.db))[0]?.answerable).toBe(false);
  expect(await database.sql`select reply_token_hash, reply_recipient from reports`).toEqual([
    { reply_token_hash: null, reply_recipient: null },
  ]);
  const events = await database.sql`select actor_id, details from audit_events
    where verb = 'report.answer' and subject_id = ${reportId}`;
  expect(events).toEqual([{ actor_id: actor.personId, details: {} }]);
  expect(await left()).toHaveLength(1);
});

test("two at a time leave one answer", async () => {
  const actor = await claimant();
  const outcomes = await Promise.all([give(actor), give(actor)].map(outcome));
  expect(outcomes.toSorted()).toEqual(["already-decided", "done"]);
  expect(await left()).toHaveLength(1);
});

test.each(roles)("%s who claimed the case", async (role) => {
  const may = role === "moderator" || role === "lead";
  expect(await outcome(give(await claimant(role)))).toBe(may ? "done" : "not found");
  expect(await left()).toHaveLength(may ? 1 : 0);
});

test("nobody answers who has not claimed the case", async () => {
  await claimant();
  const other = await makePerson(database.db, { roles: ["moderator"] });
  expect(await outcome(give(other))).toBe("not-claimed");
  expect(await left()).toEqual([]);
});
