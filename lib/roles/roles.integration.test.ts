import { eq, sql } from "drizzle-orm";
import fc from "fast-check";
import { beforeEach, describe, expect, test } from "vitest";
import { passkeys, people, recoveryCodes, roleChanges, sessions } from "#db/schema/accounts.ts";
import { auditEvents } from "#db/schema/audit.ts";
import { cases } from "#db/schema/cases.ts";
import { type Role, roles } from "#db/vocabulary.ts";
import { getSecondFactors } from "#lib/auth/queries.ts";
import { type Actor, staffRoles } from "#lib/auth/rules.ts";
import { refusal } from "../../tests/support/outcome.ts";
import { makeListing, makePerson } from "../../tests/support/people.ts";
import {
  accountEnvironment,
  mailsTo,
  readSessionOf,
  sessionOf,
  setSession,
  signedIn,
} from "../../tests/support/test-accounts.ts";
import { testDatabase } from "../../tests/support/test-database.ts";
import { answerRoleChange } from "./answer-role-change.ts";
import { askRoleChange } from "./ask-role-change.ts";
import { makeFirstLead } from "./make-first-lead.ts";
import { findPersonId, getRolePerson, listStaff, listWaitingChanges } from "./queries.ts";
import { recoverLead } from "./recover-lead.ts";
import { resetSecondFactors } from "./reset-second-factors.ts";
import { type StaffRole, staffRolesOf } from "./rules.ts";

accountEnvironment();
const database = testDatabase();
const make = (...held: Role[]) => makePerson(database.db, { roles: ["therapist", ...held] });

beforeEach(async () => {
  // The chain keeps its rows for good, so each test looks at its own people alone.
  await database.db.update(people).set({ roles: ["therapist"] });
  await database.db.delete(roleChanges);
});

const rolesOf = async ({ personId }: { personId: string }) =>
  (await database.db.select().from(people).where(eq(people.id, personId)))[0]?.roles;
const eventsOf = ({ personId }: { personId: string }) =>
  database.db
    .select()
    .from(auditEvents)
    .where(eq(auditEvents.subjectId, personId))
    .orderBy(auditEvents.id);
const verbsOf = async (person: { personId: string }) =>
  (await eventsOf(person)).map(({ verb }) => verb);
const changes = () => database.db.select().from(roleChanges).orderBy(roleChanges.askedAt);
const outcome = (work: Promise<unknown>) => work.then((answer) => answer ?? "done", refusal);
async function ask(actor: Actor, person: Actor, wanted: readonly StaffRole[]) {
  const seen = staffRolesOf((await rolesOf(person)) ?? []);
  const order = { personId: person.personId, roles: wanted, seen };
  return outcome(askRoleChange(actor, order, database.db));
}
const answer = (actor: Actor, id: string, agree: boolean) =>
  outcome(answerRoleChange(actor, { id, agree }, database.db));

describe.each(roles)("a %s asks", (role) => {
  test.each([
    { second: false, expected: "in-force" },
    { second: true, expected: "proposed" },
  ])("with a second lead there: $second", async ({ second, expected }) => {
    const actor = await make(role);
    if (second) await make("lead");
    const person = await make();
    const isLead = role === "lead";
    expect(await ask(actor, person, ["moderator"])).toBe(isLead ? expected : "not found");
    const done = isLead && !second;
    expect(await rolesOf(person)).toEqual(done ? ["therapist", "moderator"] : ["therapist"]);
    expect(await verbsOf(person)).toEqual([
      ...(isLead ? ["role.ask"] : []),
      ...(done ? ["role.change"] : []),
    ]);
    expect(await changes()).toHaveLength(isLead ? 1 : 0);
  });
});

describe("asking", () => {
  test("says in the chain whether it waits, what it was and how many leads agreed", async () => {
    const [lead, person] = [await make("lead"), await make("moderator")];
    await ask(lead, person, ["moderator", "lived-experience-reviewer"]);
    expect(await eventsOf(person)).toMatchObject([
      {
        actorId: lead.personId,
        verb: "role.ask",
        details: { roles: ["moderator", "lived-experience-reviewer"], waits: false },
      },
      {
        actorId: lead.personId,
        verb: "role.change",
        details: { from: ["moderator"], to: ["moderator", "lived-experience-reviewer"], leads: 1 },
      },
    ]);
  });

  test("takes no notice of a lead whose session says more than the database", async () => {
    const [lead, person] = [await make("lead"), await make()];
    await database.db
      .update(people)
      .set({ roles: ["therapist"] })
      .where(eq(people.id, lead.personId));
    expect(await ask(lead, person, ["moderator"])).toBe("not found");
  });

  test("counts no second lead who is leaving, or whom it is about", async () => {
    const [lead, leaving, person] = [await make("lead"), await make("lead"), await make()];
    await database.db
      .update(people)
      .set({ deletionAskedAt: new Date() })
      .where(eq(people.id, leaving.personId));
    expect(await ask(lead, person, ["moderator"])).toBe("in-force");
    expect(await ask(lead, lead, [])).toBe("last-lead");
    expect(await ask(lead, leaving, ["moderator"])).toBe("in-force");
    expect(await rolesOf(leaving)).toEqual(["therapist", "moderator"]);
  });

  test("never leaves the site without a lead", async () => {
    const lead = await make("lead");
    for (const wanted of [[], ["moderator"], ["auditor"]] as const) {
      expect(await ask(lead, lead, wanted)).toBe("last-lead");
    }
    expect(await ask(lead, lead, ["lead", "moderator"])).toBe("in-force");
  });

  test("about oneself waits for the other lead, who may be left alone", async () => {
    const [lead, other] = [await make("lead"), await make("lead")];
    expect(await ask(lead, lead, [])).toBe("proposed");
    const [change] = await changes();
    expect(await answer(other, change?.id ?? "", true)).toBe("done");
    expect(await rolesOf(lead)).toEqual(["therapist"]);
  });

  test("an auditor has no other role of the staff, whatever is asked", async () => {
    const lead = await make("lead");
    await fc.assert(
      fc.asyncProperty(fc.subarray([...staffRoles]), async (wanted) => {
        const person = await make();
        const refused = wanted.includes("auditor") && wanted.length > 1;
        const done = wanted.includes("lead")
          ? "in-force"
          : wanted.length
            ? "in-force"
            : "unchanged";
        expect(await ask(lead, person, wanted)).toBe(refused ? "auditor-decides" : done);
        await database.db
          .update(people)
          .set({ roles: ["therapist"] })
          .where(eq(people.id, person.personId));
      }),
      { numRuns: 40 },
    );
  });

  test("of a form that is older than the roles changes nothing", async () => {
    const [lead, person] = [await make("lead"), await make("moderator")];
    const order = { personId: person.personId, roles: ["lead"], seen: [] } as const;
    expect(await outcome(askRoleChange(lead, order, database.db))).toBe("changed-elsewhere");
    expect(await rolesOf(person)).toEqual(["therapist", "moderator"]);
  });

  test("for nobody finds nobody", async () => {
    const order = { personId: "no-such-person", roles: [], seen: [] };
    expect(await outcome(askRoleChange(await make("lead"), order, database.db))).toBe("not found");
  });

  test("twice in a form that was sent twice is asked once, and another wish has to wait", async () => {
    const [lead, other, person] = [await make("lead"), await make("lead"), await make()];
    expect(await ask(lead, person, ["moderator"])).toBe("proposed");
    expect(await ask(lead, person, ["moderator"])).toBe("proposed");
    expect(await ask(lead, person, ["lead"])).toBe("changed-elsewhere");
    expect(await ask(other, person, ["moderator"])).toBe("changed-elsewhere");
    expect(await verbsOf(person)).toEqual(["role.ask"]);
  });
});

describe("a change that waits", () => {
  async function waiting() {
    const people = {
      asker: await make("lead"),
      "second lead": await make("lead"),
      "the lead it is about": await make("lead"),
      moderator: await make("moderator"),
      auditor: await make("auditor"),
      therapist: await make(),
    };
    await ask(people.asker, people["the lead it is about"], ["lead", "moderator"]);
    return { ...people, id: (await changes())[0]?.id ?? "" };
  }
  const nobody = { agree: "not found", decline: "not found" };

  describe.each([
    { who: "asker", agree: "needs-another-person", decline: "done" },
    { who: "second lead", agree: "done", decline: "done" },
    { who: "the lead it is about", agree: "needs-another-person", decline: "needs-another-person" },
    { who: "moderator", ...nobody },
    { who: "auditor", ...nobody },
    { who: "therapist", ...nobody },
  ] as const)("answered by $who", ({ who, ...expected }) => {
    test.each(["agree", "decline"] as const)("%s", async (wish) => {
      const all = await waiting();
      const about = all["the lead it is about"];
      expect(await answer(all[who], all.id, wish === "agree")).toBe(expected[wish]);
      const done = expected[wish] === "done";
      const changed = done && wish === "agree";
      expect(await rolesOf(about)).toEqual(
        changed ? ["therapist", "moderator", "lead"] : ["therapist", "lead"],
      );
      expect((await changes())[0]).toMatchObject({
        state: done ? (changed ? "in-force" : "declined") : "proposed",
        answeredBy: done && who !== "asker" ? all[who].personId : null,
      });
      expect(await verbsOf(about)).toEqual([
        "role.ask",
        ...(done ? [changed ? "role.confirm" : "role.decline"] : []),
        ...(changed ? ["role.change"] : []),
      ]);
      if (done) expect(await answer(all["second lead"], all.id, true)).toBe("already-decided");
    });
  });

  test("ends when the lead who asked is one no more", async () => {
    const [lead, other, person] = [await make("lead"), await make("lead"), await make()];
    await ask(lead, person, ["moderator"]);
    expect(await ask(other, lead, [])).toBe("in-force");
    expect(await changes()).toMatchObject([{ state: "declined" }, { state: "in-force" }]);
    expect(await verbsOf(person)).toEqual(["role.ask", "role.decline"]);
  });

  test("cannot leave the site without a lead, even when the others have gone since", async () => {
    const [lead, other] = [await make("lead"), await make("lead")];
    await ask(lead, lead, []);
    const [change] = await changes();
    await database.db
      .update(people)
      .set({ deletionAskedAt: new Date() })
      .where(eq(people.id, other.personId));
    expect(await answer(other, change?.id ?? "", true)).toBe("last-lead");
    expect((await changes())[0]?.state).toBe("proposed");
    expect(await rolesOf(lead)).toContain("lead");
  });
});

describe("at the same moment", () => {
  test("twenty asks are one change, by whichever came first", async () => {
    const [lead, other, person] = [await make("lead"), await make("lead"), await make()];
    const asks = Array.from({ length: 20 }, (_, n) =>
      ask(n % 2 ? lead : other, person, n % 2 ? ["moderator"] : ["lead"]),
    );
    const answers = await Promise.all(asks);
    expect(new Set(answers)).toEqual(new Set(["proposed", "changed-elsewhere"]));
    expect(await changes()).toHaveLength(1);
    expect(await verbsOf(person)).toEqual(["role.ask"]);
  });

  test("twenty answers of two leads are one", async () => {
    const leads = [await make("lead"), await make("lead"), await make("lead")] as const;
    const person = await make();
    await ask(leads[0], person, ["moderator"]);
    const [change] = await changes();
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        answer(n % 2 ? leads[1] : leads[2], change?.id ?? "", n % 3 > 0),
      ),
    );
    expect(answers.filter((each) => each === "done")).toHaveLength(1);
    expect(answers.filter((each) => each === "already-decided")).toHaveLength(19);
    const verbs = await verbsOf(person);
    expect(verbs.filter((verb) => /confirm|decline/.test(verb))).toHaveLength(1);
    const changed = verbs.includes("role.confirm");
    expect(await rolesOf(person)).toEqual(changed ? ["therapist", "moderator"] : ["therapist"]);
  });

  test("two leads who take the role from each other leave one", async () => {
    const [lead, other] = [await make("lead"), await make("lead")];
    const answers = await Promise.all([ask(lead, other, []), ask(other, lead, [])]);
    expect(answers.toSorted()).toEqual(["in-force", "not found"]);
    const left = [await rolesOf(lead), await rolesOf(other)];
    expect(left.filter((held) => held?.includes("lead"))).toHaveLength(1);
  });

  test("twenty first leads are one", async () => {
    const made = await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        makeFirstLead({ email: `first-${n}@provider.net`, locale: "en" }, database.db),
      ),
    );
    expect(made.filter(Boolean)).toHaveLength(1);
  });
});

describe("in force", () => {
  async function withClaim(...held: Role[]) {
    const { session, token } = await signedIn(database.db, {
      email: `someone-${held.join("-")}@provider.net`,
      roles: ["therapist", ...held],
    });
    const owner = await make();
    const therapistId = await makeListing(database.db, owner, { confirmedOn: "2026-11-01" });
    const claim = { claimedBy: session.personId, claimedUntil: new Date(Date.now() + 3_600_000) };
    const [found] = await database.db
      .insert(cases)
      .values({ therapistId, kind: "complaint", ...claim })
      .returning({ id: cases.id });
    const claimer = async () =>
      (
        await database.db
          .select()
          .from(cases)
          .where(eq(cases.id, found?.id ?? ""))
      )[0]?.claimedBy;
    return { session, token, claimer, caseId: found?.id ?? "" };
  }

  test("it signs out everywhere, gives claims back, and says so by mail", async () => {
    const lead = await make("lead");
    const { session, token, claimer, caseId } = await withClaim("moderator", "lead");
    expect(await ask(lead, session, ["auditor"])).toBe("in-force");
    expect(await readSessionOf(token, database.db)).toBeNull();
    expect(await claimer()).toBeNull();
    const [event] = await eventsOf({ personId: caseId });
    expect(event).toMatchObject({ verb: "case.release", actorId: lead.personId });
    expect(await mailsTo(session.email, database.db)).toEqual([
      {
        kind: "roles-changed",
        to: session.email,
        params: { url: "https://directory.example/sign-in" },
      },
    ]);
  });

  test("claims stay with someone who only gains a role", async () => {
    const lead = await make("lead");
    const { session, claimer } = await withClaim("moderator");
    expect(await ask(lead, session, ["moderator", "lived-experience-reviewer"])).toBe("in-force");
    expect(await claimer()).toBe(session.personId);
  });

  test("a profile of one's own stays one's own", async () => {
    const lead = await make("lead");
    const person = await makePerson(database.db, { roles: ["moderator"] });
    await ask(lead, person, ["auditor"]);
    expect(await rolesOf(person)).toEqual(["auditor"]);
  });
});

describe("a staff role counts", () => {
  test.each(staffRoles)("only by two factors: %s", async (role) => {
    const email = `factors-${role}@provider.net`;
    const { session, token } = await signedIn(database.db, { email, roles: ["therapist", role] });
    expect(session).toMatchObject({ roles: ["therapist"], heldRoles: ["therapist", role] });
    const key = { id: role, publicKey: "key", counter: 0, backedUp: false, name: "Key" };
    await database.db.insert(passkeys).values({ ...key, personId: session.personId });
    expect((await sessionOf(token, database.db)).roles).toEqual(["therapist"]);
    await setSession(token, { secondFactorAt: new Date() }, database.db);
    expect((await sessionOf(token, database.db)).roles).toEqual(["therapist", role]);
  });
});

describe("a lost second factor", () => {
  const reason = "Phone stolen, known by voice";

  async function withFactors(...held: Role[]) {
    const person = await make(...held);
    const { personId } = person;
    const id = `passkey-${personId}`;
    const key = { id, publicKey: "key", counter: 0, backedUp: false, name: "Key" };
    await database.db.insert(passkeys).values({ ...key, personId });
    await database.db.insert(recoveryCodes).values({ personId, codeHash: "hash" });
    const expires = new Date(Date.now() + 3_600_000);
    await database.db.insert(sessions).values({ sessionToken: id, userId: personId, expires });
    return person;
  }
  const left = async ({ personId }: Actor) => {
    const factors = await getSecondFactors(personId, database.db);
    const signedIn = await database.db.$count(sessions, eq(sessions.userId, personId));
    return factors.passkeys.length + factors.recoveryCodesLeft + signedIn;
  };

  const table = roles.flatMap((actor) => roles.map((person) => ({ actor, person })));
  test.each(table)("of a $person is reset by a $actor", async ({ actor: role, person: held }) => {
    const [actor, person] = [await make(role), await withFactors(held)];
    const done = role === "lead" && held !== "lead";
    const work = resetSecondFactors(actor, { personId: person.personId, reason }, database.db);
    expect(await outcome(work)).toBe(done ? "done" : "not found");
    expect(await left(person)).toBe(done ? 0 : 3);
    const events = await eventsOf(person);
    expect(events).toMatchObject(
      done ? [{ actorId: actor.personId, verb: "second-factor.reset", details: { reason } }] : [],
    );
    const mails = await mailsTo(person.email, database.db);
    expect(mails.map(({ params }) => params.what)).toEqual(done ? ["second-factors-reset"] : []);
  });

  test("of oneself is not reset", async () => {
    const lead = await withFactors("lead");
    const work = resetSecondFactors(lead, { personId: lead.personId, reason }, database.db);
    expect(await outcome(work)).toBe("not found");
    expect(await left(lead)).toBe(3);
  });

  test("of a lead is reset on the server, and the other leads stay", async () => {
    const [lead, other] = [await withFactors("lead"), await make("lead")];
    const recovery = { email: lead.email, locale: "en", reason, alone: false } as const;
    expect(await recoverLead(recovery, database.db)).toEqual([]);
    expect(await left(lead)).toBe(0);
    expect(await rolesOf(lead)).toEqual(["therapist", "lead"]);
    expect(await rolesOf(other)).toEqual(["therapist", "lead"]);
    expect((await eventsOf(lead))[0]).toMatchObject({
      actorId: null,
      verb: "role.recover",
      details: { reason, alone: false },
    });
  });
});

describe("on the server", () => {
  const email = "first@provider.net";
  const first = () => makeFirstLead({ email, locale: "es" }, database.db);

  test("the first lead is made, once, with an account that asks for a sign-in link", async () => {
    expect(await first()).toBe(true);
    const [person] = await database.db.select().from(people).where(eq(people.email, email));
    expect(person).toMatchObject({
      roles: ["therapist", "lead"],
      locale: "es",
      emailVerified: null,
    });
    expect(await verbsOf({ personId: person?.id ?? "" })).toEqual([
      "role.first-lead",
      "role.change",
    ]);
    expect(await first()).toBe(false);
    expect(await makeFirstLead({ email: "other@provider.net", locale: "en" }, database.db)).toBe(
      false,
    );
  });

  test("an auditor who becomes a lead audits no more; a moderator stays one", async () => {
    const auditor = await make("auditor");
    await makeFirstLead({ email: auditor.email, locale: "en" }, database.db);
    expect(await rolesOf(auditor)).toEqual(["therapist", "lead"]);
    const moderator = await make("moderator");
    const recovery = { email: moderator.email, locale: "en", reason: "gone" } as const;
    await recoverLead({ ...recovery, alone: false }, database.db);
    expect(await rolesOf(moderator)).toEqual(["therapist", "moderator", "lead"]);
  });

  test("alone takes the role from those who are gone, and ends what waited", async () => {
    const [gone, other] = [await make("lead"), await make("lead", "moderator")];
    const person = await make();
    await ask(gone, person, ["moderator"]);
    const recovery = { email: person.email, locale: "en", reason: "both have left" } as const;
    expect(await recoverLead({ ...recovery, alone: true }, database.db)).toEqual(
      [gone.email, other.email].toSorted(),
    );
    expect(await rolesOf(gone)).toEqual(["therapist"]);
    expect(await rolesOf(other)).toEqual(["therapist", "moderator"]);
    expect(await rolesOf(person)).toEqual(["therapist", "lead"]);
    expect(await changes()).toMatchObject([{ state: "declined" }]);
    const lead = { ...person, roles: ["lead"] } as const;
    expect(await ask(lead, await make(), ["moderator"])).toBe("in-force");
  });
});

describe("who sees what", () => {
  test.each(roles)("a %s", async (role) => {
    const actor = await make(role);
    const [staff, plain] = [await make("moderator"), await make()];
    const reads = role === "lead" || role === "auditor";
    const list = await outcome(listStaff(actor, database.db));
    if (!reads) expect(list).toBe("not found");
    else {
      const ids = (list as { id: string }[]).map(({ id }) => id);
      expect(ids.toSorted()).toEqual([actor.personId, staff.personId].toSorted());
    }
    expect(await outcome(listWaitingChanges(actor, database.db))).toEqual(reads ? [] : "not found");
    const see = async (id: string) =>
      (await outcome(getRolePerson(actor, id, database.db))) !== "not found";
    expect(await see(staff.personId)).toBe(reads);
    expect(await see(plain.personId)).toBe(role === "lead");
    expect(await see("no-such-person")).toBe(false);
    expect(await outcome(findPersonId(actor, plain.email, database.db))).toBe(
      role === "lead" ? plain.personId : "not found",
    );
  });

  test("an address is found letter by letter, never in part", async () => {
    const [lead, person] = [await make("lead"), await make()];
    for (const like of ["%", `${person.email.slice(0, -1)}_`, person.email.slice(1)]) {
      expect(await findPersonId(lead, like, database.db)).toBeNull();
    }
  });

  test("what waits says who asked, what it was and what it would be", async () => {
    const [lead, other, person] = [await make("lead"), await make("lead"), await make("auditor")];
    await ask(lead, person, ["moderator"]);
    expect(await listWaitingChanges(other, database.db)).toMatchObject([
      {
        personId: person.personId,
        from: ["auditor"],
        to: ["moderator"],
        askedBy: lead.personId,
        askerEmail: lead.email,
      },
    ]);
    const view = await getRolePerson(other, person.personId, database.db);
    expect(view).toMatchObject({ roles: ["auditor"], hasSecondFactor: false, waits: true });
    expect(view.waiting?.to).toEqual(["moderator"]);
  });
});

test("every change of roles stands in the chain", async () => {
  const [row] = await database.db.execute<{ missing: number }>(sql`
    select count(*)::integer as missing from audit_events event
    where verb like 'role.%' and not exists (select from audit_chain where event_id = event.id)`);
  expect(row?.missing).toBe(0);
});
