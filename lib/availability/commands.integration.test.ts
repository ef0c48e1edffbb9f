import { and, eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { auditEvents } from "#db/schema/audit.ts";
import { listingStates, type Role, roles } from "#db/vocabulary.ts";
import { addDays, todayUtc } from "#lib/vetting/rules.ts";
import { outcome } from "../../tests/support/outcome.ts";
import { makeListing, makePerson, readListing } from "../../tests/support/people.ts";
import { accountEnvironment } from "../../tests/support/test-accounts.ts";
import { testDatabase } from "../../tests/support/test-database.ts";
import { confirmAvailability } from "./confirm-availability.ts";
import { confirmByLink } from "./confirm-by-link.ts";
import { confirmationLink } from "./confirmation-link.ts";
import { pauseListing } from "./pause-listing.ts";
import { getOwnAvailability, linkState } from "./queries.ts";
import { resumeListing } from "./resume-listing.ts";
import { confirmable, listingMoves } from "./transitions.ts";

const database = testDatabase();
const today = todayUtc();
const longAgo = addDays(today, -50);
const no = { accepting: false, nextOpening: null };

accountEnvironment();

const verbsOf = async (id: string) =>
  (
    await database.db
      .select({ verb: auditEvents.verb })
      .from(auditEvents)
      .where(and(eq(auditEvents.subjectKind, "therapist"), eq(auditEvents.subjectId, id)))
  ).map(({ verb }) => verb);
const jobsOf = async (id: string) =>
  Number(
    (
      await database.sql`
        select count(*) as n from graphile_worker.jobs where key = ${`profile.reindex:${id}`}`
    )[0]?.n,
  );

const commands = {
  confirm: {
    run: (actor) => confirmAvailability(actor, no, database.db),
    from: confirmable,
    verb: "availability.confirm",
    changed: { accepting: false, confirmedOn: today },
    otherwise: "not-listed",
  },
  pause: {
    run: (actor) => pauseListing(actor, database.db),
    from: [listingMoves.pause.from],
    verb: "listing.pause",
    changed: { listingState: "paused" },
    otherwise: listingMoves.pause.otherwise,
  },
  resume: {
    run: (actor) => resumeListing(actor, database.db),
    from: [listingMoves.resume.from],
    verb: "listing.resume",
    changed: { listingState: "listed" },
    otherwise: listingMoves.resume.otherwise,
  },
} as const satisfies Record<
  string,
  {
    run: (actor: Awaited<ReturnType<typeof makePerson>>) => Promise<void>;
    from: readonly string[];
    verb: string;
    changed: object;
    otherwise: string;
  }
>;

const table = (Object.keys(commands) as (keyof typeof commands)[]).flatMap((command) =>
  listingStates.flatMap((state) =>
    ([...roles, "therapist without a listing"] as const).map((who) => ({ command, state, who })),
  ),
);

describe.each(table)("$command a $state listing as $who", ({ command, state, who }) => {
  const { run, from, verb, changed, otherwise } = commands[command];
  const owns = who === "therapist";
  const allowed = owns && (from as readonly string[]).includes(state);
  const expected = allowed ? "done" : owns ? otherwise : "not found";

  test(`is ${expected}`, async () => {
    const owner = await makePerson(database.db);
    const id = await makeListing(database.db, owner, { state, confirmedOn: longAgo });
    const before = await readListing(database.db, id);
    const role: Role = who === "therapist without a listing" ? "therapist" : who;
    const actor = owns ? owner : await makePerson(database.db, { roles: [role] });
    expect(await outcome(run(actor))).toBe(expected);
    expect(await readListing(database.db, id)).toEqual(
      allowed ? { ...before, ...changed } : before,
    );
    expect(await verbsOf(id)).toEqual(allowed ? [verb] : []);
    expect(await jobsOf(id)).toBe(allowed ? 1 : 0);
  });
});

test("an owner whose role was taken away has no listing to change", async () => {
  const owner = await makePerson(database.db);
  await makeListing(database.db, owner, { confirmedOn: longAgo });
  const actor = { ...owner, roles: ["auditor"] as Role[] };
  expect(await outcome(pauseListing(actor, database.db))).toBe("not found");
});

describe("the next opening", () => {
  test.each([
    ["tomorrow", true, addDays(today, 1), addDays(today, 1)],
    ["today is now", true, today, null],
    ["a day that has passed is now", true, addDays(today, -1), null],
    ["none, for whoever takes nobody", false, addDays(today, 9), null],
  ] as const)("%s", async (_name, accepting, nextOpening, kept) => {
    const owner = await makePerson(database.db);
    const id = await makeListing(database.db, owner, { confirmedOn: longAgo });
    await confirmAvailability(owner, { accepting, nextOpening }, database.db);
    expect(await readListing(database.db, id)).toMatchObject({ accepting, nextOpening: kept });
  });
});

describe("a link from a mail", () => {
  async function given(state: (typeof listingStates)[number] = "listed") {
    const owner = await makePerson(database.db);
    const id = await makeListing(database.db, owner, { state, confirmedOn: longAgo });
    return { owner, id, token: await tokenFor(id) };
  }
  async function tokenFor(id: string, day = today) {
    const listing = await readListing(database.db, id);
    return confirmationLink(listing, day, "en").split("/").at(-1) ?? "";
  }
  const look = async (token: string, day = today) =>
    (await linkState(token, day, database.db)).state;

  test("looking at it, however often, changes nothing", async () => {
    const { id, token } = await given();
    const before = await readListing(database.db, id);
    for (let looks = 0; looks < 3; looks += 1) expect(await look(token)).toBe("open");
    expect(await readListing(database.db, id)).toEqual(before);
  });

  test("confirms once, and says who did", async () => {
    const { owner, id, token } = await given();
    expect(await confirmByLink(token, no, database.db)).toBe("confirmed");
    expect(await readListing(database.db, id)).toMatchObject({
      accepting: false,
      confirmedOn: today,
      confirmationRound: 2,
    });
    expect(await verbsOf(id)).toEqual(["availability.confirm"]);
    expect(await jobsOf(id)).toBe(1);
    expect(await look(token)).toBe("used");
    expect(await confirmByLink(token, { ...no, accepting: true }, database.db)).toBe("used");
    expect((await getOwnAvailability(owner, database.db))?.accepting).toBe(false);
  });

  test("of two presses at once, one counts", async () => {
    const { id, token } = await given();
    const outcomes = await Promise.all([1, 2, 3].map(() => confirmByLink(token, no, database.db)));
    expect(outcomes.sort()).toEqual(["confirmed", "used", "used"]);
    expect(await verbsOf(id)).toHaveLength(1);
  });

  test("ends all that came before it", async () => {
    const { id, token } = await given();
    const later = await tokenFor(id, addDays(today, 1));
    expect(later).not.toBe(token);
    expect(await confirmByLink(later, no, database.db)).toBe("confirmed");
    expect(await look(token)).toBe("used");
  });

  test("outlives a word from the account page", async () => {
    const { owner, token } = await given();
    await confirmAvailability(owner, no, database.db);
    expect(await look(token)).toBe("open");
  });

  test("is too old after 60 days, and changes nothing then", async () => {
    const { id } = await given();
    const old = await tokenFor(id, addDays(today, -61));
    expect(await look(old)).toBe("expired");
    expect(await confirmByLink(old, no, database.db)).toBe("expired");
    expect(await verbsOf(id)).toEqual([]);
  });

  test("is unknown once its account is gone", async () => {
    const { owner, token } = await given();
    await database.sql`delete from people where id = ${owner.personId}`;
    expect(await look(token)).toBe("unknown");
    expect(await confirmByLink(token, no, database.db)).toBe("unknown");
  });

  test.each(listingStates)("for a listing that is %s", async (state) => {
    const { id, token } = await given(state);
    const open = (confirmable as readonly string[]).includes(state);
    expect(await look(token)).toBe(open ? "open" : "notListed");
    expect(await confirmByLink(token, no, database.db)).toBe(open ? "confirmed" : "notListed");
    expect((await readListing(database.db, id)).listingState).toBe(state);
  });
});
