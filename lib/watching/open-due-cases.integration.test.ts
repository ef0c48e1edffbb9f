import { eq, ne, sql } from "drizzle-orm";
import fc from "fast-check";
import { beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { people } from "#db/schema/accounts.ts";
import { auditEvents } from "#db/schema/audit.ts";
import { cases } from "#db/schema/cases.ts";
import { credentials, insurances, trainings } from "#db/schema/credentials.ts";
import { therapists } from "#db/schema/profiles.ts";
import { checks } from "#db/schema/vetting.ts";
import { type ClaimType, claimTypes, type ListingState, listingStates } from "#db/vocabulary.ts";
import type { Actor } from "#lib/auth/rules.ts";
import { claimCase } from "#lib/cases/claim-case.ts";
import { decide } from "#lib/decisions/decide.ts";
import { loadReference } from "#lib/reference/load-reference.ts";
import { addDays, daysFor, defaultCadence } from "#lib/vetting/rules.ts";
import { makeListing, makePerson } from "../../tests/support/people.ts";
import { testDatabase } from "../../tests/support/test-database.ts";
import { trackOf } from "../../tests/support/track-of.ts";
import { openDueCases } from "./open-due-cases.ts";
import { watchedStates } from "./rules.ts";

const database = testDatabase();
const today = "2026-11-23";
let moderator: Actor;
let second: Actor;

beforeAll(() => loadReference(database.db));
beforeEach(async () => {
  await database.sql`truncate people cascade`;
  await database.sql`truncate audit_events`;
  moderator = await makePerson(database.db, { roles: ["moderator"] });
  second = await makePerson(database.db, { roles: ["moderator"] });
});

type Listing = { id: string; owner: Actor; credentialId: string; trainingId: string };

/** Someone in California with a licence under supervision, a training and an insurance. */
async function listing(state: ListingState = "listed"): Promise<Listing> {
  const { db } = database;
  const owner = await makePerson(db);
  const id = await makeListing(db, owner, { state, confirmedOn: today });
  const [credentialId, trainingId] = [`licence-${id}`, `training-${id}`];
  await db.insert(credentials).values({
    id: credentialId,
    therapistId: id,
    typeId: "us-lmft",
    jurisdiction: "US-CA",
    letters: "LMFT",
    number: "123",
    supervised: true,
    supervisorName: "A supervisor",
  });
  await db.insert(trainings).values({
    id: trainingId,
    therapistId: id,
    kind: "workshop",
    provider: "A school",
    title: "A day",
    year: 2025,
    workerLed: "unknown",
  });
  await db.insert(insurances).values({ therapistId: id, insurer: "A", expiresOn: "2030-01-01" });
  return { id, owner, credentialId, trainingId };
}

type CheckRow = typeof checks.$inferInsert;

/** A yes of long ago that ends on a day. */
function lookRow(of: Listing, claimType: ClaimType, endsOn: string): CheckRow {
  return {
    therapistId: of.id,
    track: trackOf[claimType],
    claimType,
    credentialId: claimType === "credential" ? of.credentialId : null,
    trainingId: claimType === "training" ? of.trainingId : null,
    claim: { about: claimType },
    jurisdiction: "US-CA",
    authority: "A register",
    sourceType: "primary",
    method: "manual",
    state: "verified",
    checkedOn: addDays(endsOn < today ? endsOn : today, -400),
    validUntil: endsOn,
    checkerId: moderator.personId,
    secondReviewerId: second.personId,
  };
}

/** All that is looked at of a listing, far from its end but for one claim. */
async function looksOf(of: Listing, ending: Partial<Record<ClaimType, string>> = {}) {
  const far = addDays(today, 390);
  await database.db
    .insert(checks)
    .values(claimTypes.map((claimType) => lookRow(of, claimType, ending[claimType] ?? far)));
}

const watch = (day = today) => openDueCases(day, database.db, { cadence: defaultCadence });
const queue = () =>
  database.db
    .select({
      therapistId: cases.therapistId,
      kind: cases.kind,
      dueOn: cases.dueOn,
      claimType: checks.claimType,
    })
    .from(checks)
    .innerJoin(cases, eq(cases.id, checks.caseId))
    .where(eq(checks.state, "attested"))
    .orderBy(cases.therapistId, cases.kind, checks.claimType);

describe.each(claimTypes)("%s of a listing", (claimType) => {
  const carries = claimType === "identity" || claimType === "credential";

  test.each([
    ["standing", 390, null],
    ["about to end", 5, carries ? "expiring" : "recheck"],
    ["ended", -1, "recheck"],
  ] as const)("that is %s", async (_, days, kind) => {
    const someone = await listing();
    const endsOn = addDays(today, days);
    await looksOf(someone, { [claimType]: endsOn });
    expect(await watch()).toEqual({ therapists: 1, looks: kind ? 1 : 0, failed: 0 });
    expect(await queue()).toEqual(
      kind ? [{ therapistId: someone.id, kind, dueOn: endsOn, claimType }] : [],
    );
    if (!kind) return;
    const [begun] = await database.db.select().from(checks).where(eq(checks.state, "attested"));
    const { checkerId, secondReviewerId, ...settled } = lookRow(someone, claimType, endsOn);
    expect(begun).toMatchObject({
      ...settled,
      ...{ state: "attested", sourceType: "self", method: "manual", claimVersion: 1 },
      ...{ checkedOn: null, validUntil: null, authority: null, supersedesId: null },
    });
    expect(await watch()).toMatchObject({ looks: 0 });
    const verbs = await database.db
      .select({ verb: auditEvents.verb, details: auditEvents.details })
      .from(auditEvents)
      .orderBy(auditEvents.id);
    expect(verbs).toEqual([
      { verb: "case.open", details: { kind, urgent: false } },
      { verb: "case.due", details: { claims: [claimType] } },
    ]);
  });

  test("that is looked at already", async () => {
    const someone = await listing();
    await looksOf(someone, { [claimType]: addDays(today, 5) });
    const [open] = await database.db
      .insert(cases)
      .values({ therapistId: someone.id, kind: "complaint" })
      .returning();
    const row = lookRow(someone, claimType, today);
    await database.db.insert(checks).values({
      ...row,
      ...{ state: "in-review", caseId: open?.id ?? null, validUntil: null, checkedOn: null },
      ...{ decisionCode: "source-down", nextCheckOn: addDays(today, -3) },
    });
    expect(await watch()).toMatchObject({ looks: 0 });
    expect(await queue()).toEqual([]);
  });
});

describe("who is watched", () => {
  test.each(listingStates)("a listing that is %s", async (state) => {
    const someone = await listing(state);
    await looksOf(someone, { credential: addDays(today, 5), insurance: today });
    await watch();
    const kinds = (await queue()).map(({ kind, claimType }) => `${kind} ${claimType}`);
    const watched = watchedStates.some((each) => each === state);
    const right = state === "listed" ? "expiring" : "recheck";
    expect(kinds).toEqual(watched ? [`${right} credential`, "recheck insurance"] : []);
  });

  test("nobody whose account is about to go", async () => {
    const { owner, id } = await listing();
    await looksOf(await listing());
    await database.db
      .update(people)
      .set({ deletionAskedAt: new Date() })
      .where(eq(people.id, owner.personId));
    expect(await watch()).toMatchObject({ therapists: 1 });
    expect(await database.db.$count(cases, eq(cases.therapistId, id))).toBe(0);
  });
});

describe("what counts", () => {
  test("claims that were taken back, replaced or only drafted are not watched", async () => {
    const someone = await listing();
    await looksOf(someone, {
      credential: today,
      supervision: today,
      training: today,
      insurance: addDays(today, 200),
    });
    await database.db.update(credentials).set({ withdrawnOn: today });
    await database.db.update(trainings).set({ stage: "retired" });
    await watch();
    expect(await queue()).toEqual([]);
  });

  test("a look at an earlier version of a licence says nothing of it, nor one that was replaced", async () => {
    const someone = await listing();
    await looksOf(someone, { credential: today });
    const [old] = await database.db
      .select({ id: checks.id })
      .from(checks)
      .where(eq(checks.claimType, "credential"));
    const later = lookRow(someone, "credential", addDays(today, 390));
    await database.db.insert(checks).values({ ...later, supersedesId: old?.id ?? null });
    expect(await watch()).toMatchObject({ looks: 0 });
    await database.db.update(checks).set({ validUntil: today });
    await database.db.update(credentials).set({ claimVersion: 2 });
    await watch();
    expect((await queue()).map(({ claimType }) => claimType)).not.toContain("credential");
  });

  test("an insurance ends on the day its owner gave, whatever the look says", async () => {
    const someone = await listing();
    await looksOf(someone);
    await database.db.update(insurances).set({ expiresOn: addDays(today, 3) });
    await watch();
    expect(await queue()).toMatchObject([{ claimType: "insurance", dueOn: addDays(today, 3) }]);
  });

  test("a case that is open already takes the new look in, and keeps the earlier day", async () => {
    const someone = await listing();
    await looksOf(someone, { discipline: addDays(today, 5), insurance: addDays(today, 9) });
    await watch();
    const [first] = await database.db.select().from(cases);
    await database.db
      .update(checks)
      .set({ validUntil: addDays(today, 2) })
      .where(eq(checks.claimType, "supervision"));
    expect(await watch()).toMatchObject({ looks: 1 });
    const after = await database.db.select().from(cases);
    expect(after).toEqual([{ ...first, dueOn: addDays(today, 2) }]);
    expect(await queue()).toHaveLength(3);
  });

  test("a look that was begun and lies in a closed case, or in none, comes back", async () => {
    const someone = await listing();
    await looksOf(someone);
    const row = { ...lookRow(someone, "identity", today), validUntil: null, checkedOn: null };
    await database.db.insert(checks).values({ ...row, state: "attested" });
    expect(await watch()).toMatchObject({ looks: 1 });
    expect(await queue()).toMatchObject([{ kind: "recheck", claimType: "identity" }]);
    await database.db.update(cases).set({ closedAt: sql`now()`, outcome: "checked" });
    expect(await watch()).toMatchObject({ looks: 1 });
    expect(await database.db.$count(cases)).toBe(2);
    expect(await queue()).toHaveLength(1);
  });

  test("what was kept as it is comes back when a look would, not the next night", async () => {
    const someone = await listing();
    await looksOf(someone, { insurance: addDays(today, -1) });
    await watch();
    const [open] = await database.db.select().from(cases);
    await claimCase(moderator, open?.id ?? "", database.db);
    const plain = { caseId: open?.id ?? "", checkId: null, code: null, record: null };
    await decide(
      moderator,
      { ...plain, action: "keep", reason: "They sent the new one." },
      database.db,
    );
    await database.db.update(cases).set({ closedAt: new Date(`${today}T12:00:00Z`) });
    expect(await watch(addDays(today, 1))).toMatchObject({ looks: 0 });
    await database.db.delete(checks).where(ne(checks.claimType, "insurance"));
    const wait = daysFor("insurance", defaultCadence) - defaultCadence.ahead.insurance;
    const claims = async (day: string) => {
      await watch(day);
      return (await queue()).map(({ claimType }) => claimType);
    };
    expect(await claims(addDays(today, wait - 1))).not.toContain("insurance");
    expect(await claims(addDays(today, wait))).toContain("insurance");
  });

  test("sweeps that nobody has ever made are begun, of exclusion in the United States alone", async () => {
    const someone = await listing();
    const abroad = await listing();
    await database.db
      .update(credentials)
      .set({ jurisdiction: "GB-ENG" })
      .where(eq(credentials.therapistId, abroad.id));
    await watch();
    const begun = (await queue()).map(({ therapistId, claimType }) => [therapistId, claimType]);
    expect(begun.toSorted()).toEqual(
      [
        [someone.id, "discipline"],
        [someone.id, "exclusion"],
        [abroad.id, "discipline"],
      ].toSorted(),
    );
  });
});

describe("done again", () => {
  test("at once by several workers, each look is begun once", async () => {
    for (let number = 0; number < 5; number += 1) {
      await looksOf(await listing(), {
        identity: addDays(today, 5),
        insurance: today,
        training: addDays(today, -30),
      });
    }
    const counts = await Promise.all([1, 2, 3, 4].map(() => watch()));
    expect(counts.reduce((sum, { looks }) => sum + looks, 0)).toBe(15);
    expect(await queue()).toHaveLength(15);
    expect(await database.db.$count(cases)).toBe(10);
  });

  test("on whatever days, in whatever order: one look for each claim, until it is settled", async () => {
    const days = fc.integer({ min: -30, max: 500 });
    await fc.assert(
      fc.asyncProperty(
        fc.array(days, { minLength: 1, maxLength: 8 }),
        fc.array(fc.constantFrom(...claimTypes), { maxLength: 8 }),
        async (runs, ending) => {
          await database.sql`delete from therapists`;
          const ends = Object.fromEntries(ending.map((claimType) => [claimType, today]));
          await looksOf(await listing(), ends);
          for (const run of runs) await watch(addDays(today, run));
          const begun = (await queue()).map(({ claimType }) => claimType);
          expect(new Set(begun).size).toBe(begun.length);
          const due = claimTypes.filter((claimType) => {
            const end = ending.includes(claimType) ? 0 : 390;
            return Math.max(...runs) >= end - defaultCadence.ahead[claimType];
          });
          expect(begun.toSorted()).toEqual(due.toSorted());
        },
      ),
      { numRuns: 30 },
    );
  }, 60_000);

  test("one therapist for whom it fails holds up nobody else, and the job says so", async () => {
    const broken = await listing();
    const sound = await listing();
    for (const one of [broken, sound]) await looksOf(one, { insurance: today });
    await database.sql`
      create function refuse() returns trigger language plpgsql as $$
      begin raise exception 'no'; end $$`;
    await database.sql.unsafe(`create trigger refuse before insert on cases for each row
      when (new.therapist_id = '${broken.id}') execute function refuse()`);
    const quiet = vi.spyOn(console, "error").mockImplementation(() => {});
    await expect(watch()).rejects.toThrow("failed for 1 of 2");
    quiet.mockRestore();
    await database.sql`drop function refuse cascade`;
    expect((await queue()).map(({ therapistId }) => therapistId)).toEqual([sound.id]);
  });

  test("more than fit in one batch are all watched, and it tells how far it has come", async () => {
    const owners = Array.from({ length: 450 }, (_, n) => ({
      id: `owner-${n}`,
      email: `owner-${n}@provider.net`,
    }));
    await database.db.insert(people).values(owners);
    await database.db.insert(therapists).values(
      owners.map(({ id }, n) => ({
        personId: id,
        slug: `many-${n}`,
        listingState: "listed" as const,
        confirmedOn: today,
      })),
    );
    const told: number[] = [];
    const onProgress = ({ therapists: done }: { therapists: number }) => told.push(done);
    const count = await openDueCases(today, database.db, { cadence: defaultCadence, onProgress });
    expect(count).toEqual({ therapists: 450, looks: 450, failed: 0 });
    expect(told).toEqual([200, 400, 450]);
  });
});
