import { randomUUID } from "node:crypto";
import { and, eq, isNull } from "drizzle-orm";
import { beforeAll, expect, test } from "vitest";
import { people } from "#db/schema/accounts.ts";
import { cases } from "#db/schema/cases.ts";
import { caseItems, decisions } from "#db/schema/decisions.ts";
import { therapists } from "#db/schema/profiles.ts";
import { purgeAskedDeletions } from "#lib/accounts/purge-deleted-accounts.ts";
import { appealDecision } from "#lib/appeals/appeal-decision.ts";
import { verifyChain } from "#lib/audit/verify-chain.ts";
import type { Actor } from "#lib/auth/rules.ts";
import { askForInfo } from "#lib/cases/ask-for-info.ts";
import { claimCase, releaseCase } from "#lib/cases/claim-case.ts";
import { declareConflict } from "#lib/cases/declare-conflict.ts";
import { answerItems } from "#lib/questions/answer-items.ts";
import { loadReference } from "#lib/reference/load-reference.ts";
import { receiveReport } from "#lib/reports/receive-report.ts";
import { getEditorView } from "#lib/revisions/queries.ts";
import { saveTopic } from "#lib/revisions/save-topic.ts";
import { submitRevision } from "#lib/revisions/submit-revision.ts";
import { withdrawRevision } from "#lib/revisions/withdraw-revision.ts";
import { lockRoles } from "#lib/roles/access.ts";
import { changeRoles } from "#lib/roles/change-roles.ts";
import { addDays, todayUtc } from "#lib/vetting/rules.ts";
import { openDueCases } from "#lib/watching/open-due-cases.ts";
import { found, openLooks } from "../../tests/support/moderate.ts";
import { refusal } from "../../tests/support/outcome.ts";
import { goLive, saveWholeProfile, wholeProfile } from "../../tests/support/own-profile.ts";
import { makePerson } from "../../tests/support/people.ts";
import { accountEnvironment } from "../../tests/support/test-accounts.ts";
import { testDatabase } from "../../tests/support/test-database.ts";
import { answerDecision } from "./answer-decision.ts";
import { decide } from "./decide.ts";

accountEnvironment();
const database = testDatabase();
const rounds = 12;
const today = todayUtc();

beforeAll(() => loadReference(database.db));

/** Someone whom readers see, with new words that lie with the moderators, and two of those. */
async function makeScene() {
  const { db } = database;
  const owner = await makePerson(db);
  await saveWholeProfile(owner, db, `LIC-${randomUUID().slice(0, 8)}`);
  await goLive(owner, db);
  const { id = "", slug = "" } = (await getEditorView(owner, db)).therapist ?? {};
  const staff = [
    await makePerson(db, { roles: ["moderator"] }),
    await makePerson(db, { roles: ["lead"] }),
  ];
  return { owner, therapistId: id, slug, staff };
}

type Scene = Awaited<ReturnType<typeof makeScene>>;

/** What everyone does at once: commands on each open case by each moderator, and all around it. */
async function everything(scene: Scene, round: number): Promise<(() => Promise<unknown>)[]> {
  const { db } = database;
  const { owner, therapistId, slug, staff } = scene;
  const open = await db
    .select({ id: cases.id })
    .from(cases)
    .where(and(eq(cases.therapistId, therapistId), isNull(cases.closedAt)));
  const made = await db.select().from(decisions).where(eq(decisions.therapistId, therapistId));
  const items = await db.select({ itemId: caseItems.id }).from(caseItems);
  const perCase = await Promise.all(
    open.map(async ({ id }) => {
      const [look] = await openLooks(id, db);
      return staff.flatMap((actor) => movesOn(actor, id, look?.id ?? null));
    }),
  );
  const other = await makePerson(db, { roles: ["moderator"] });
  const nonce = randomUUID();
  return [
    ...perCase.flat(),
    ...made
      .filter(({ state }) => state === "proposed")
      .flatMap(({ id }) =>
        staff.map((actor) => () => answerDecision(actor, { decisionId: id, agree: true }, db)),
      ),
    ...made.slice(-1).map(
      ({ id }) =>
        () =>
          appealDecision(owner, { decisionId: id, words: "No." }, db),
    ),
    ...open.slice(0, 2).map(
      ({ id }) =>
        () =>
          declareConflict(other, id, db),
    ),
    ...staff.map((actor) => () => db.transaction((tx) => sameRoles(actor, tx))),
    () => edit(owner, round),
    () => submitRevision(owner, { consent: true }, db),
    () => withdrawRevision(owner, db),
    () => openDueCases(addDays(today, 30 * round), db),
    () => receiveReport({ slug, kind: "wrong-facts", words: nonce, nonce }, today, db),
    () =>
      answerItems(
        owner,
        items.map(({ itemId }) => ({ itemId, words: "Here." })),
        db,
      ),
  ];
}

function movesOn(actor: Actor, caseId: string, checkId: string | null) {
  const { db } = database;
  const plain = { caseId, checkId: null, code: null, record: null, reason: "A reason." };
  const listing = ["hide", "keep", "restore", "uphold", "overturn", "accept", "refuse"] as const;
  const yes = { ...plain, checkId, code: "source-match", record: found() } as const;
  return [
    () => claimCase(actor, caseId, db),
    () => decide(actor, { ...yes, action: "verify" }, db),
    ...listing.map((action) => () => decide(actor, { ...plain, action }, db)),
    () => askForInfo(actor, { caseId, items: [{ checkId, question: "Which?" }] }, db),
    () => releaseCase(actor, caseId, db),
  ];
}

async function edit(owner: Actor, round: number) {
  const { versions } = await getEditorView(owner, database.db);
  const typed = { ...wholeProfile.about, about: [`Words ${round}.`] };
  return saveTopic(owner, { topic: "about", seen: versions.about ?? 0, typed }, database.db);
}

/** Takes away what someone had claimed, as whoever takes their role away does. */
async function sameRoles({ personId, roles }: Actor, tx: typeof database.db): Promise<void> {
  await lockRoles(tx);
  await changeRoles({ actorId: null, personId, staff: [], leads: 1 }, tx);
  await tx
    .update(people)
    .set({ roles: [...roles] })
    .where(eq(people.id, personId));
}

/** In another order each time, and the same one every time the test runs. */
function shuffled<T>(all: readonly T[], seed: number): T[] {
  const rank = (at: number) => (((at + 1) * 7919 * (seed + 3)) % 104_729) / 104_729;
  return all
    .map((each, at) => ({ each, rank: rank(at) }))
    .toSorted((a, b) => a.rank - b.rank)
    .map(({ each }) => each);
}

test("whatever is done to one therapist at once, nothing waits in a circle", async () => {
  const scene = await makeScene();
  const came = new Map<string, number>();
  for (let round = 0; round < rounds; round += 1) {
    const work = shuffled(await everything(scene, round), round);
    const ends = await Promise.all(
      work.map((each) =>
        each()
          .then(() => "done", refusal)
          .catch(({ cause, code }) => `database ${cause?.code ?? code}`),
      ),
    );
    for (const end of ends) came.set(end, (came.get(end) ?? 0) + 1);
  }
  expect([...came.keys()].filter((end) => end.startsWith("database"))).toEqual([]);
  expect(came.get("done")).toBeGreaterThan(rounds * 5);
  await keepsItsPromises(scene);
}, 120_000);

async function keepsItsPromises({ therapistId }: Scene): Promise<void> {
  const { sql, db } = database;
  const twice = await sql`select kind from cases where therapist_id = ${therapistId}
    and closed_at is null and kind <> 'appeal' group by kind having count(*) > 1`;
  expect(twice).toEqual([]);
  const [live] = await sql`select count(*)::integer as rows from profile_revisions
    where therapist_id = ${therapistId} and state = 'live'`;
  expect(live?.rows).toBeLessThanOrEqual(1);
  const [row] = await db
    .select({ state: therapists.listingState })
    .from(therapists)
    .where(eq(therapists.id, therapistId));
  const signers = await sql`select distinct who
    from checks, unnest(array[checker_id, second_reviewer_id]) who
    where therapist_id = ${therapistId} and who is not null`;
  expect(row?.state !== "listed" || signers.length > 1).toBe(true);
  const left = await sql`select id from checks where therapist_id = ${therapistId}
    and state in ('attested', 'in-review', 'needs-info')
    and case_id in (select id from cases where closed_at is not null)`;
  expect(left).toEqual([]);
  expect(await verifyChain({}, db)).toMatchObject({ fault: null });
}

test("an account goes while its case is worked on: one of the two waits for the other", async () => {
  for (let round = 0; round < 6; round += 1) {
    const scene = await makeScene();
    await edit(scene.owner, round);
    await submitRevision(scene.owner, { consent: true }, database.db);
    await database.db
      .update(people)
      .set({ deletionAskedAt: new Date(0) })
      .where(eq(people.id, scene.owner.personId));
    const work = await everything(scene, round);
    const ends = await Promise.all(
      [...work.slice(0, 12), () => purgeAskedDeletions(new Date(), database.db)].map((each) =>
        each().then(() => "done", refusal),
      ),
    );
    expect(ends.at(-1)).toBe("done");
  }
  expect(await verifyChain({}, database.db)).toMatchObject({ fault: null });
}, 120_000);
