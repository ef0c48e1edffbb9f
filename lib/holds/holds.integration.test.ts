import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { people } from "#db/schema/accounts.ts";
import { auditEvents } from "#db/schema/audit.ts";
import { conflictsOfInterest } from "#db/schema/cases.ts";
import { credentials } from "#db/schema/credentials.ts";
import { evidence, legalHolds } from "#db/schema/evidence.ts";
import { therapists } from "#db/schema/profiles.ts";
import { type Role, roles } from "#db/vocabulary.ts";
import { askDeletion } from "#lib/accounts/ask-deletion.ts";
import { purgeAskedDeletions } from "#lib/accounts/purge-deleted-accounts.ts";
import { graceDays } from "#lib/accounts/rules.ts";
import type { Actor } from "#lib/auth/rules.ts";
import { destroyEvidence } from "#lib/evidence/destroy-evidence.ts";
import { removeEvidence } from "#lib/evidence/remove-evidence.ts";
import { loadReference } from "#lib/reference/load-reference.ts";
import type { Store } from "#lib/storage/store.ts";
import { outcome } from "../../tests/support/outcome.ts";
import { makeDocument, makeListing, makePerson } from "../../tests/support/people.ts";
import { accountEnvironment } from "../../tests/support/test-accounts.ts";
import { testDatabase } from "../../tests/support/test-database.ts";
import { dropClaims } from "./drop-claims.ts";
import { liftHold } from "./lift-hold.ts";
import { areOwnDocumentsHeld, findTherapistId, listHolds } from "./queries.ts";
import { setHold } from "./set-hold.ts";

const database = testDatabase();
const today = "2026-11-23";
const reason = "A court asked for them: letter of 2 November.";
const emptyStore: Store = {
  put: async () => {},
  get: async () => null,
  delete: async () => {},
  list: async () => [],
};

accountEnvironment();
beforeAll(() => loadReference(database.db));
beforeEach(async () => {
  await database.sql`truncate people cascade`;
  await database.sql`truncate audit_events`;
});

const someone = async (role: Role = "lead") => makePerson(database.db, { roles: [role] });

/** A listing with a document whose last day is over. */
async function listing(owner?: Actor) {
  const person = owner ?? (await someone("therapist"));
  const therapistId = await makeListing(database.db, person, { confirmedOn: today });
  await makeDocument(database.db, { therapistId, deleteAfter: "2026-11-01" });
  return { person, therapistId };
}
const purge = () => destroyEvidence(today, database.db, emptyStore);
const trail = () =>
  database.db
    .select({ verb: auditEvents.verb, by: auditEvents.actorId, details: auditEvents.details })
    .from(auditEvents)
    .orderBy(auditEvents.id);

describe.each(roles)("as %s", (role) => {
  test("sets, lists and lifts", async () => {
    const actor = await someone(role);
    const lead = await someone();
    const { therapistId } = await listing();
    const keeps = role === "lead";
    expect(await outcome(setHold(actor, { therapistId, reason }, database.db))).toBe(
      keeps ? "done" : "not found",
    );
    if (!keeps) await setHold(lead, { therapistId, reason }, database.db);
    const [hold] = await listHolds(lead, database.db);
    const reads = keeps || role === "auditor";
    expect(await outcome(listHolds(actor, database.db))).toBe(reads ? "done" : "not found");
    const holdId = hold?.id ?? "";
    expect(await outcome(liftHold(actor, { holdId }, database.db))).toBe(
      keeps ? "done" : "not found",
    );
    expect(await purge()).toBe(keeps ? 1 : 0);
  });
});

describe("a hold", () => {
  test("keeps documents from the purge until it is lifted, and is on record without its reason", async () => {
    const lead = await someone();
    const { therapistId } = await listing();
    const other = await listing();
    const holdId = await setHold(lead, { therapistId, reason }, database.db);
    expect(await purge()).toBe(1);
    expect(await database.db.$count(evidence, eq(evidence.therapistId, other.therapistId))).toBe(1);
    expect(await listHolds(lead, database.db)).toMatchObject([
      {
        id: holdId,
        reason,
        setBy: expect.stringContaining("Person"),
        documents: 1,
        liftedAt: null,
      },
    ]);
    const [row] = await database.db.select().from(legalHolds);
    expect(JSON.stringify(row)).not.toContain("court");
    await liftHold(lead, { holdId }, database.db);
    expect(await purge()).toBe(1);
    expect(await trail()).toEqual([
      { verb: "hold.set", by: lead.personId, details: { therapistId } },
      { verb: "evidence.destroy", by: null, details: {} },
      { verb: "hold.lift", by: lead.personId, details: { therapistId } },
      { verb: "evidence.destroy", by: null, details: {} },
    ]);
    expect(await listHolds(lead, database.db)).toMatchObject([
      { documents: 0, liftedBy: expect.stringContaining("Person") },
    ]);
  });

  test("is one at a time; lifted once; and can be set again", async () => {
    const lead = await someone();
    const { therapistId } = await listing();
    const holdId = await setHold(lead, { therapistId, reason }, database.db);
    expect(await outcome(setHold(lead, { therapistId, reason }, database.db))).toBe("on-hold");
    await liftHold(lead, { holdId }, database.db);
    expect(await outcome(liftHold(lead, { holdId }, database.db))).toBe("already-decided");
    expect(await outcome(setHold(lead, { therapistId, reason }, database.db))).toBe("done");
    const list = await listHolds(lead, database.db);
    expect(list.map(({ liftedAt }) => liftedAt === null)).toEqual([true, false]);
  });

  test("by two leads at once is set once", async () => {
    const { therapistId } = await listing();
    const leads = [await someone(), await someone(), await someone()];
    const set = leads.map((lead) => outcome(setHold(lead, { therapistId, reason }, database.db)));
    expect((await Promise.all(set)).toSorted()).toEqual(["done", "on-hold", "on-hold"]);
  });

  test("on what is not there, one's own, or someone one knows too well, is not to be had", async () => {
    const lead = await someone();
    const own = await listing(lead);
    const known = await listing();
    await database.db
      .insert(conflictsOfInterest)
      .values({ personId: lead.personId, therapistId: known.therapistId });
    for (const therapistId of [own.therapistId, known.therapistId, randomUUID()]) {
      expect(await outcome(setHold(lead, { therapistId, reason }, database.db))).toBe("not found");
    }
    for (const { therapistId } of [own, known]) {
      const holdId = await setHold(await someone(), { therapistId, reason }, database.db);
      expect(await outcome(liftHold(lead, { holdId }, database.db))).toBe("not found");
    }
    expect(await listHolds(lead, database.db)).toEqual([]);
    const [row] = await database.db
      .select()
      .from(therapists)
      .where(eq(therapists.id, known.therapistId));
    expect(await findTherapistId(lead, row?.slug ?? "", database.db)).toBeNull();
    expect(await findTherapistId(await someone(), row?.slug ?? "", database.db)).toBe(row?.id);
  });

  test("lets nobody take a document back, nor let one go with a draft", async () => {
    const { person, therapistId } = await listing();
    const claim = { therapistId, typeId: "us-lmft", letters: "LMFT", number: "1" };
    const [draft] = await database.db
      .insert(credentials)
      .values({ ...claim, jurisdiction: "US-CA", stage: "proposed" })
      .returning();
    const [document] = await database.db
      .update(evidence)
      .set({ subject: "credential", credentialId: draft?.id ?? "" })
      .returning();
    const holdId = await setHold(await someone(), { therapistId, reason }, database.db);
    expect(await areOwnDocumentsHeld(person, database.db)).toBe(true);
    const id = document?.id ?? "";
    expect(await outcome(removeEvidence(person, id, database.db, emptyStore))).toBe("on-hold");
    const all = eq(credentials.therapistId, therapistId);
    await dropClaims(credentials, all, database.db);
    expect(await database.db.select().from(credentials)).toMatchObject([{ stage: "retired" }]);
    expect(await database.db.$count(evidence)).toBe(1);
    await database.db.update(credentials).set({ stage: "proposed" });
    await liftHold(await someone(), { holdId }, database.db);
    expect(await areOwnDocumentsHeld(person, database.db)).toBe(false);
    await dropClaims(credentials, all, database.db);
    expect(await database.db.$count(evidence)).toBe(0);
  });

  test("keeps an account that was to go, and no other one", async () => {
    const { person, therapistId } = await listing();
    const other = await listing();
    const lead = await someone();
    const now = new Date();
    for (const asks of [person, other.person]) await askDeletion(asks, now, database.db);
    const holdId = await setHold(lead, { therapistId, reason }, database.db);
    const then = new Date(now.getTime() + graceDays * 86_400_000);
    const gone = await purgeAskedDeletions(then, database.db);
    expect(gone.map(({ personId }) => personId)).toEqual([other.person.personId]);
    expect(await database.db.$count(people, eq(people.id, person.personId))).toBe(1);
    await liftHold(lead, { holdId }, database.db);
    expect(await purgeAskedDeletions(then, database.db)).toMatchObject([
      { personId: person.personId, storageRefs: [expect.stringMatching(/^evidence\//)] },
    ]);
    expect(await database.db.$count(legalHolds)).toBe(0);
  });

  test("that is set while a purge is under way is seen by it", async () => {
    const lead = await someone();
    const { therapistId } = await listing();
    const purged = await database.db.transaction(async (tx) => {
      await setHold(lead, { therapistId, reason }, tx);
      const waits = purge();
      await expect
        .poll(() => database.sql`select from pg_locks where not granted`)
        .not.toHaveLength(0);
      return { waits };
    });
    expect(await purged.waits).toBe(0);
  });
});
