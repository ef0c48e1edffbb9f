import { randomBytes } from "node:crypto";
import { eq } from "drizzle-orm";
import { beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { auditEvents } from "#db/schema/audit.ts";
import { mails } from "#db/schema/mails.ts";
import { roles } from "#db/vocabulary.ts";
import { enqueueMail } from "#lib/email/enqueue-mail.ts";
import { outcome } from "../../tests/support/outcome.ts";
import { makePerson } from "../../tests/support/people.ts";
import { testDatabase } from "../../tests/support/test-database.ts";
import { mailKeepers } from "./access.ts";
import { listStuckMails } from "./queries.ts";
import { retryAllMails } from "./retry-all-mails.ts";
import { retryMail } from "./retry-mail.ts";

const database = testDatabase();
const states = ["waiting", "failed", "sent", "too late"] as const;

beforeAll(() => {
  vi.stubEnv("MASTER_KEY", randomBytes(32).toString("base64"));
  return () => vi.unstubAllEnvs();
});
beforeEach(async () => {
  await database.sql`delete from mails`;
  await database.sql`delete from audit_events`;
  await database.sql`delete from graphile_worker._private_jobs`;
});

/** One mail in a state, without the job it had. @returns its id */
async function mailThatIs(state: (typeof states)[number]): Promise<string> {
  const params = { url: "https://directory.example/canary" };
  const to = "canary@provider.net";
  await enqueueMail({ kind: "sign-in", to, personId: null, locale: "en", params }, database.db);
  const changes = {
    waiting: { lastError: "ESOCKET" },
    failed: { state: "failed", lastError: "EENVELOPE 550" },
    sent: { state: "sent", sealedBody: null, sentAt: new Date() },
    "too late": { state: "failed", lastError: "too-late", uselessAfter: new Date(0) },
  } as const;
  const [row] = await database.db
    .update(mails)
    .set(changes[state])
    .where(eq(mails.createdAt, database.db.select({ at: mails.createdAt }).from(mails)))
    .returning({ id: mails.id });
  await database.sql`delete from graphile_worker._private_jobs`;
  return row?.id ?? "";
}
const jobs = async () =>
  (await database.sql<{ key: string }[]>`select key from graphile_worker.jobs`).map(
    ({ key }) => key,
  );
const table = roles.flatMap((role) => states.map((state) => ({ role, state })));

describe.each(table)("a $role and a mail that is $state", ({ role, state }) => {
  const keeps = (mailKeepers as readonly string[]).includes(role);
  const stuck = state === "waiting" || state === "failed";

  test("try again", async () => {
    const id = await mailThatIs(state);
    const actor = await makePerson(database.db, { roles: [role] });
    const done = keeps && stuck;
    expect(await outcome(retryMail(actor, id, database.db))).toBe(
      keeps ? (stuck ? "done" : "changed-elsewhere") : "not found",
    );
    expect(await jobs()).toEqual(done ? [`mail.send:${id}`] : []);
    expect(await database.db.select().from(auditEvents)).toMatchObject(
      done ? [{ actorId: actor.personId, verb: "mail.retry", subjectId: id }] : [],
    );
    const [row] = await database.db.select().from(mails);
    if (done) expect(row?.state).toBe("waiting");
  });

  test("see and try all again", async () => {
    const id = await mailThatIs(state);
    const actor = await makePerson(database.db, { roles: [role] });
    if (!keeps) {
      expect(await outcome(listStuckMails(actor, database.db))).toBe("not found");
      expect(await outcome(retryAllMails(actor, database.db))).toBe("not found");
      expect(await jobs()).toEqual([]);
      return;
    }
    const { shown, total } = await listStuckMails(actor, database.db);
    expect(shown.map((mail) => mail.id)).toEqual(stuck ? [id] : []);
    expect(total).toBe(stuck ? 1 : 0);
    expect(JSON.stringify(shown)).not.toContain("canary");
    expect(await retryAllMails(actor, database.db)).toBe(stuck ? 1 : 0);
    expect(await jobs()).toEqual(stuck ? [`mail.send:${id}`] : []);
    expect(await database.db.select().from(auditEvents)).toHaveLength(stuck ? 1 : 0);
  });
});

test("a mail that nobody ever wrote is not found", async () => {
  const actor = await makePerson(database.db, { roles: ["lead"] });
  expect(await outcome(retryMail(actor, "no-such-mail", database.db))).toBe("not found");
});

test("a mail that is just being sent gets no second job", async () => {
  const id = await mailThatIs("waiting");
  const actor = await makePerson(database.db, { roles: ["lead"] });
  await retryMail(actor, id, database.db);
  await database.sql`
    update graphile_worker._private_jobs set locked_at = now(), locked_by = 'another worker'`;
  await retryMail(actor, id, database.db);
  expect(await jobs()).toHaveLength(1);
});
