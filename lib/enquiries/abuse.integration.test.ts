import { beforeAll, beforeEach, expect, test } from "vitest";
import { seedDemo } from "#lib/demo/seed-demo.ts";
import { loadReference } from "#lib/reference/load-reference.ts";
import { todayUtc } from "#lib/vetting/rules.ts";
import { type Inbox, makeReader, openInbox, write } from "../../tests/support/inbox.ts";
import { outcome } from "../../tests/support/outcome.ts";
import { makePerson } from "../../tests/support/people.ts";
import { accountEnvironment } from "../../tests/support/test-accounts.ts";
import { testDatabase } from "../../tests/support/test-database.ts";
import { listAbuseNotes } from "./queries.ts";
import { readAbuse } from "./read-abuse.ts";
import { revealAbuse } from "./reveal-abuse.ts";
import { mostAbuseADay } from "./rules.ts";
import { settleAbuse } from "./settle-abuse.ts";

const database = testDatabase();
const today = todayUtc();
let lia: Inbox;
let enquiryId = "";

accountEnvironment();
beforeAll(async () => {
  await loadReference(database.db);
  await seedDemo(database.db, { therapists: 0, today });
});
beforeEach(async () => {
  await database.sql`truncate enquiries, abuse_notes, daily_counts`;
  lia = await openInbox(database, "lia-listed");
  await write(lia, await makeReader(), { body: "The whole letter." }, database.db);
  const [row] = await database.sql<{ id: string }[]>`select id from enquiries`;
  enquiryId = row?.id ?? "";
});

const show = (words = "What was chosen.") =>
  revealAbuse(lia.actor, { enquiryId, words }, today, database.db);

test("moderators get what was chosen, sealed on the way, and nothing that leads to the letter", async () => {
  await show();
  const [row] = await database.sql`select * from abuse_notes`;
  expect(Object.keys(row ?? {}).toSorted()).toEqual(
    ["id", "received_on", "sealed_words", "settled_by", "settled_on", "therapist_id"].toSorted(),
  );
  expect(JSON.stringify(row)).not.toMatch(/chosen/);
  expect(JSON.stringify(row)).not.toContain(enquiryId);
  const mo = await makePerson(database.db, { roles: ["moderator"] });
  const [note, ...more] = await listAbuseNotes(mo, database.db);
  expect(more).toEqual([]);
  expect(note).toMatchObject({ slug: lia.slug, receivedOn: today });
  expect(await readAbuse(mo, note?.id ?? "", database.db)).toBe("What was chosen.");
  const events = await database.sql<{ verb: string; details: object }[]>`
    select verb, details from audit_events where subject_kind = 'abuse-note'
      and subject_id = ${note?.id ?? ""} order by id`;
  expect(events).toEqual([
    { verb: "abuse.reveal", details: {} },
    { verb: "abuse.read", details: {} },
  ]);
});

test("is settled once, by someone who may", async () => {
  await show();
  const [note] = await database.sql<{ id: string }[]>`select id from abuse_notes`;
  const id = note?.id ?? "";
  const mo = await makePerson(database.db, { roles: ["moderator"] });
  const others = await Promise.all([
    makePerson(database.db),
    makePerson(database.db, { roles: ["auditor"] }),
    makePerson(database.db, { roles: ["lived-experience-reviewer"] }),
  ]);
  const own = { personId: lia.actor.personId, roles: ["moderator"] as const };
  for (const actor of [...others, own]) {
    expect(await outcome(settleAbuse(actor, id, today, database.db))).toBe("not found");
  }
  expect(await listAbuseNotes(mo, database.db)).toHaveLength(1);
  expect(await listAbuseNotes(own, database.db)).toEqual([]);
  const settle = () => outcome(settleAbuse(mo, id, today, database.db));
  const settled = await Promise.all([settle(), settle(), settle()]);
  expect(settled.toSorted()).toEqual(["already-decided", "already-decided", "done"]);
  expect(await listAbuseNotes(mo, database.db)).toEqual([]);
  expect(await outcome(settleAbuse(mo, "nothing", today, database.db))).toBe("not found");
});

test("so many can be shown in a day", async () => {
  for (let shown = 0; shown < mostAbuseADay; shown += 1) await show();
  expect(await outcome(show())).toBe("too-many");
  expect(await database.sql`select * from abuse_notes`).toHaveLength(mostAbuseADay);
});
