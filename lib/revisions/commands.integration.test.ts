import { eq, gt, max } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import type { Db } from "#db/client.ts";
import { auditEvents } from "#db/schema/audit.ts";
import { type Role, roles } from "#db/vocabulary.ts";
import type { Actor } from "#lib/auth/rules.ts";
import { dropCredential, keepCredential } from "#lib/credentials/drop-credential.ts";
import { saveCredential } from "#lib/credentials/save-credential.ts";
import { saveInsurance } from "#lib/credentials/save-insurance.ts";
import { getOwnProfile } from "#lib/profiles/queries.ts";
import { loadReference } from "#lib/reference/load-reference.ts";
import { outcome } from "../../tests/support/outcome.ts";
import {
  everyRow,
  goLive,
  insured,
  licence,
  saveWholeProfile,
  wholeProfile,
} from "../../tests/support/own-profile.ts";
import { makePerson } from "../../tests/support/people.ts";
import { accountEnvironment } from "../../tests/support/test-accounts.ts";
import { testDatabase } from "../../tests/support/test-database.ts";
import { getEditorView } from "./queries.ts";
import { saveTopic, topics } from "./save-topic.ts";
import { submitRevision } from "./submit-revision.ts";
import { discardRevision, withdrawRevision } from "./withdraw-revision.ts";

accountEnvironment();
const database = testDatabase();

const states = [
  "none",
  "draft",
  "submitted",
  "changes-requested",
  "live",
  "draft beside live",
  "submitted beside live",
  "rejected",
  "rejected beside live",
] as const;
type State = (typeof states)[number];
type Owner = { actor: Actor; credentialId: string; version: number };
const owners = new Map<State, Owner>();

beforeAll(async () => {
  await loadReference(database.db);
  for (const state of states) owners.set(state, await makeOwner(state));
});

async function makeOwner(state: State, number = `LIC ${state}`): Promise<Owner> {
  const { db, sql } = database;
  const actor = await makePerson(db);
  if (state === "none") return { actor, credentialId: "nothing", version: 0 };
  const credentialId = await saveWholeProfile(actor, db, number);
  if (state.includes("live")) await goLive(actor, database.db);
  if (state.includes("beside")) {
    const typed = topics.about.fill(await getEditorView(actor, db));
    await saveTopic(actor, { topic: "about", seen: 1, typed }, db);
  }
  if (/^(submitted|rejected)/.test(state) || state === "changes-requested") {
    await submitRevision(actor, { consent: true }, db);
  }
  if (state.startsWith("rejected")) await refuse(actor);
  if (state === "changes-requested") {
    await sql`update profile_revisions set state = 'changes-requested' from therapists t
      where t.id = therapist_id and t.person_id = ${actor.personId}`;
  }
  return { actor, credentialId, version: 1 };
}

/** As two moderators would refuse what lies with them. */
async function refuse({ personId }: Actor): Promise<void> {
  await database.sql`update profile_revisions r set state = 'rejected' from therapists t
    where t.id = r.therapist_id and t.person_id = ${personId} and r.state = 'submitted'`;
  await database.sql`update cases c set closed_at = now(), outcome = 'rejected' from therapists t
    where t.id = c.therapist_id and t.person_id = ${personId} and c.closed_at is null`;
}

const missing = "not found";
const editable = {
  none: "done",
  draft: "done",
  submitted: "already-submitted",
  "changes-requested": "done",
  live: "done",
  "draft beside live": "done",
  "submitted beside live": "already-submitted",
  rejected: "done",
  "rejected beside live": "done",
} as const satisfies Record<State, string>;

type Command = {
  verb: string;
  /** What happens to the case with it. */
  case?: string;
  run: (actor: Actor, owner: Owner, db: Db) => Promise<unknown>;
  outcomes: Record<State, string>;
  /** Takes the id of a claim: what others get is decided by whose it is. */
  byId?: true;
};

const commands: Record<string, Command> = {
  "save a page": {
    verb: "revision.save",
    run: async (actor, _owner, db) => {
      const { versions } = await getEditorView(actor, db);
      const form = { topic: "basics", seen: versions.basics ?? 0, typed: wholeProfile.basics };
      return saveTopic(actor, { ...form, topic: "basics" }, db);
    },
    outcomes: editable,
  },
  "save insurance": {
    verb: "insurance.save",
    run: async (actor, _owner, db) => {
      const seen = (await getEditorView(actor, db)).insurance?.claimVersion ?? 0;
      return saveInsurance(actor, { seen, insurance: { ...insured, insurer: "Another" } }, db);
    },
    outcomes: editable,
  },
  "add a licence": {
    verb: "credential.claim",
    run: (actor, _owner, db) => saveCredential(actor, null, licence({ number: "NEW" }), db),
    outcomes: editable,
  },
  "change a licence": {
    verb: "credential.change",
    run: (actor, { credentialId, version }, db) =>
      saveCredential(actor, credentialId, licence({ number: "CHANGED", version }), db),
    outcomes: { ...editable, none: missing },
    byId: true,
  },
  "drop a licence": {
    verb: "credential.drop",
    run: (actor, { credentialId }, db) => dropCredential(actor, credentialId, db),
    outcomes: { ...editable, none: missing },
    byId: true,
  },
  "keep a licence": {
    verb: "credential.keep",
    run: (actor, { credentialId }, db) => keepCredential(actor, credentialId, db),
    // Only what readers see can be kept.
    outcomes: {
      ...editable,
      none: missing,
      draft: missing,
      "changes-requested": missing,
      rejected: missing,
    },
    byId: true,
  },
  submit: {
    verb: "revision.submit",
    case: "case.open",
    run: (actor, _owner, db) => submitRevision(actor, { consent: true }, db),
    // What was refused, or is live already, is sent again once something in it is changed.
    outcomes: {
      ...editable,
      none: missing,
      live: "changed-elsewhere",
      rejected: "changed-elsewhere",
      "rejected beside live": "changed-elsewhere",
    },
  },
  withdraw: {
    verb: "revision.withdraw",
    case: "case.close",
    run: (actor, _owner, db) => withdrawRevision(actor, db),
    outcomes: {
      none: missing,
      draft: "not-submitted",
      submitted: "done",
      "changes-requested": "not-submitted",
      live: "not-submitted",
      "draft beside live": "not-submitted",
      "submitted beside live": "done",
      rejected: "not-submitted",
      "rejected beside live": "not-submitted",
    },
  },
  discard: {
    verb: "revision.discard",
    run: (actor, _owner, db) => discardRevision(actor, db),
    outcomes: {
      none: missing,
      draft: "not-listed",
      submitted: "not-listed",
      "changes-requested": "not-listed",
      live: "not-submitted",
      "draft beside live": "done",
      "submitted beside live": "not-submitted",
      rejected: "not-listed",
      "rejected beside live": "not-submitted",
    },
  },
};

const who = [...roles, "another therapist"] as const;
const table = Object.entries(commands).flatMap(([name, command]) =>
  states.flatMap((state) =>
    who.map((as) => ({ name, command, state, as, expected: expectedOf(command, state, as) })),
  ),
);

function expectedOf({ outcomes, byId }: Command, state: State, as: (typeof who)[number]): string {
  if (as === "therapist") return outcomes[state];
  // Someone else who has nothing yet: what the owner has makes no difference.
  return as === "another therapist" && !byId ? outcomes.none : missing;
}

/** Tries something in a transaction that never holds, so that each case starts alike. */
async function trying(work: (tx: Db) => Promise<void>): Promise<void> {
  const undone = new Error("undone");
  await database.db
    .transaction(async (tx) => {
      await work(tx);
      throw undone;
    })
    .catch((error: unknown) => {
      if (error !== undone) throw error;
    });
}

test.each(table)("$name as $as, revision: $state -> $expected", async (each) => {
  const { command, state, as, expected } = each;
  const owner = owners.get(state);
  if (!owner) throw new Error("nobody is in that state");
  const actor =
    as === "another therapist"
      ? await makePerson(database.db)
      : { ...owner.actor, roles: [as] satisfies Role[] };
  await trying(async (tx) => {
    const before = await everyRow(tx);
    const [last] = await tx.select({ id: max(auditEvents.id) }).from(auditEvents);
    expect(await outcome(command.run(actor, owner, tx))).toBe(expected);
    const after = await everyRow(tx);
    if (expected !== "done") return expect(after).toEqual(before);
    const events = await tx
      .select({ verb: auditEvents.verb, actorId: auditEvents.actorId })
      .from(auditEvents)
      .where(gt(auditEvents.id, last?.id ?? 0));
    // What was sent back to be changed is still the same case.
    const also = state === "changes-requested" ? [] : (command.case ?? []);
    const verbs = [also, command.verb].flat();
    expect(events).toEqual(verbs.map((verb) => ({ verb, actorId: actor.personId })));
    if (as === "another therapist")
      expect(before.filter((row) => !after.includes(row))).toEqual([]);
  });
});

describe("what was refused", () => {
  const headline = (words: string) => ({ ...wholeProfile.basics, headline: [words] });

  test("is what its therapist sees, and what the next draft begins with", async () => {
    const { db } = database;
    const { actor } = await makeOwner("rejected", "AGAIN");
    const refused = await getEditorView(actor, db);
    expect(refused.revision).toMatchObject({ state: "rejected", number: 1, hasLive: false });
    expect((await getOwnProfile(actor, db))?.name).toBe("Robin Example");
    await saveTopic(actor, { topic: "basics", seen: 1, typed: headline("Said anew") }, db);
    const draft = await getEditorView(actor, db);
    expect(draft.revision).toMatchObject({ state: "draft", number: 2, headline: "Said anew" });
    expect(draft.statements).toEqual(refused.statements);
    expect(draft.contacts).toEqual(refused.contacts);
    expect(draft.credentials).toEqual(refused.credentials);
    await submitRevision(actor, { consent: true }, db);
    await refuse(actor);
    const again = await getEditorView(actor, db);
    expect(again.revision).toMatchObject({ state: "rejected", number: 2, headline: "Said anew" });
  });

  test("does not stand in the way of what readers see", async () => {
    const { db } = database;
    const { actor } = await makeOwner("rejected beside live", "AGAIN LIVE");
    const { revision, versions } = await getEditorView(actor, db);
    expect(revision).toMatchObject({ state: "live", number: 1, hasLive: true });
    const form = { topic: "basics", seen: versions.basics ?? 0 } as const;
    await saveTopic(actor, { ...form, typed: wholeProfile.basics }, db);
    expect((await getEditorView(actor, db)).revision).toMatchObject({ state: "draft", number: 3 });
  });
});

describe("two tabs", () => {
  const conflict = { name: "ConflictError", reason: "changed-elsewhere" };
  const headline = (words: string) => ({ ...wholeProfile.basics, headline: [words] });
  const save = (actor: Actor, seen: number, words: string) =>
    saveTopic(actor, { topic: "basics", seen, typed: headline(words) }, database.db);

  test("the second one to save a page hears of the first, and loses nothing of it", async () => {
    const actor = await makePerson(database.db);
    await save(actor, 0, "one");
    await save(actor, 1, "two");
    const before = await everyRow(database.db);
    await expect(save(actor, 1, "three")).rejects.toMatchObject(conflict);
    await expect(save(actor, 0, "three")).rejects.toMatchObject(conflict);
    expect(await everyRow(database.db)).toEqual(before);
    expect((await getEditorView(actor, database.db)).revision?.headline).toBe("two");
  });

  test("different pages do not stand in each other's way", async () => {
    const actor = await makePerson(database.db);
    const saves = Object.entries(wholeProfile).map(([topic, typed]) =>
      saveTopic(actor, { topic: topic as keyof typeof topics, seen: 0, typed }, database.db),
    );
    expect(await Promise.all(saves)).toEqual(saves.map(() => null));
    const { versions } = await getEditorView(actor, database.db);
    expect(Object.values(versions)).toEqual(saves.map(() => 1));
  });

  test.each([
    ["of someone who has nothing yet", 0],
    ["of a draft", 1],
  ])("of ten saves at once %s, one is kept", async (_name, seen) => {
    const actor = await makePerson(database.db);
    if (seen > 0) await save(actor, 0, "before");
    const tries = Array.from({ length: 10 }, (_, at) => outcome(save(actor, seen, `try ${at}`)));
    const outcomes = await Promise.all(tries);
    expect(outcomes.toSorted()).toEqual([...Array(9).fill("changed-elsewhere"), "done"]);
    const { revision, versions } = await getEditorView(actor, database.db);
    expect(versions.basics).toBe(seen + 1);
    expect(revision?.headline).toBe(`try ${outcomes.indexOf("done")}`);
    const events = await database.db
      .select()
      .from(auditEvents)
      .where(eq(auditEvents.actorId, actor.personId));
    expect(events).toHaveLength(seen + 1);
  });

  test("of ten that send it at once, one does", async () => {
    const actor = await makePerson(database.db);
    await saveWholeProfile(actor, database.db, "TEN AT ONCE");
    const send = () => outcome(submitRevision(actor, { consent: true }, database.db));
    const outcomes = await Promise.all(Array.from({ length: 10 }, send));
    expect(outcomes.toSorted()).toEqual([...Array(9).fill("already-submitted"), "done"]);
  });
});

test("a page with something wrong in it says so, and writes nothing", async () => {
  const actor = await makePerson(database.db);
  const before = await everyRow(database.db);
  const typed = { ...wholeProfile.basics, headline: ["x".repeat(201)] };
  const errors = await saveTopic(actor, { topic: "basics", seen: 0, typed }, database.db);
  expect(Object.keys(errors ?? {})).toEqual(["headline"]);
  expect(await everyRow(database.db)).toEqual(before);
});

test("the name of the registers is sealed where it is stored, and opens for its owner", async () => {
  const { actor } = owners.get("draft") ?? (await makeOwner("draft"));
  expect((await getEditorView(actor, database.db)).legalName).toBe("Quill Nightingale");
  const stored = (await everyRow(database.db)).join("\n");
  expect(stored).toContain("Robin Example");
  expect(stored).not.toMatch(/Quill|Nightingale/);
});
