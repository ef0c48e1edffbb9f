import { beforeEach, expect, test } from "vitest";
import { roles } from "#db/vocabulary.ts";
import { seal } from "#lib/sealing/seal.ts";
import { todayUtc } from "#lib/vetting/rules.ts";
import { outcome } from "../../tests/support/outcome.ts";
import { makeListing, makePerson } from "../../tests/support/people.ts";
import { accountEnvironment } from "../../tests/support/test-accounts.ts";
import { testDatabase } from "../../tests/support/test-database.ts";
import { listAbuseNotes } from "./queries.ts";
import { readAbuse } from "./read-abuse.ts";
import { abuseContext } from "./rules.ts";
import { settleAbuse } from "./settle-abuse.ts";

accountEnvironment();
const database = testDatabase();
const today = todayUtc();
const id = "note-1";
let therapistId = "";
let ownerId = "";

beforeEach(async () => {
  await database.sql`delete from abuse_notes`;
  const owner = await makePerson(database.db);
  ownerId = owner.personId;
  therapistId = await makeListing(database.db, owner, { confirmedOn: today });
  await database.sql`insert into abuse_notes (id, therapist_id, received_on, sealed_words)
    values (${id}, ${therapistId}, ${today}, ${seal("what was said", abuseContext(id))})`;
});

const reads = () =>
  database.sql`select actor_id from audit_events where verb = 'abuse.read' and subject_id = ${id}`;

test.each(roles)("%s", async (role) => {
  const before = (await reads()).length;
  const actor = await makePerson(database.db, { roles: [role] });
  const may = role === "moderator" || role === "lead";
  expect(await outcome(readAbuse(actor, id, database.db))).toBe(may ? "done" : "not found");
  expect((await reads()).length - before).toBe(may ? 1 : 0);
});

test("the words are opened one by one: the list has none of them", async () => {
  const actor = await makePerson(database.db, { roles: ["moderator"] });
  expect(JSON.stringify(await listAbuseNotes(actor, database.db))).not.toContain("what was said");
  expect(await readAbuse(actor, id, database.db)).toBe("what was said");
  await database.sql`update abuse_notes set sealed_words = null`;
  expect(await readAbuse(actor, id, database.db)).toBeNull();
});

test("nobody reads their own, that of someone they know, or one that is settled", async () => {
  const own = { personId: ownerId, roles: ["moderator" as const] };
  expect(await outcome(readAbuse(own, id, database.db))).toBe("not found");
  const friend = await makePerson(database.db, { roles: ["moderator"] });
  await database.sql`insert into conflicts_of_interest (person_id, therapist_id)
    values (${friend.personId}, ${therapistId})`;
  expect(await outcome(readAbuse(friend, id, database.db))).toBe("not found");
  const actor = await makePerson(database.db, { roles: ["lead"] });
  await settleAbuse(actor, id, today, database.db);
  expect(await outcome(readAbuse(actor, id, database.db))).toBe("not found");
});
