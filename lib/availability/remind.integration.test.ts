import { asc, eq } from "drizzle-orm";
import { beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { people } from "#db/schema/accounts.ts";
import { mails, reminders } from "#db/schema/mails.ts";
import { type ListingState, listingStates } from "#db/vocabulary.ts";
import { mailContext } from "#lib/email/enqueue-mail.ts";
import { parseMailBody } from "#lib/email/schema.ts";
import { loadReference } from "#lib/reference/load-reference.ts";
import { unseal } from "#lib/sealing/seal.ts";
import { addDays, todayUtc } from "#lib/vetting/rules.ts";
import { makeListing, makePerson, readListing } from "../../tests/support/people.ts";
import { accountEnvironment } from "../../tests/support/test-accounts.ts";
import { testDatabase } from "../../tests/support/test-database.ts";
import { linkState } from "./queries.ts";
import { remindOfExpiry } from "./remind-of-expiry.ts";
import { remindOpenings } from "./remind-openings.ts";

const database = testDatabase();
const today = todayUtc();

accountEnvironment();
beforeAll(() => loadReference(database.db));
beforeEach(async () => {
  await database.sql`delete from people`;
  await database.sql`delete from mails`;
  await database.sql`delete from reminders`;
});

/** What waits to be sent, opened. */
async function outbox() {
  const rows = await database.db.select().from(mails).orderBy(asc(mails.createdAt));
  return rows.map((mail) =>
    parseMailBody(mail.kind, unseal(mail.sealedBody ?? "", mailContext(mail.id))),
  );
}
const kinds = async () => (await outbox()).map(({ content }) => content.kind);
async function listed(daysAgo: number, state: ListingState = "listed") {
  const owner = await makePerson(database.db);
  const id = await makeListing(database.db, owner, {
    state,
    confirmedOn: addDays(today, -daysAgo),
  });
  return { owner, id };
}

describe("openings", () => {
  test("are asked about with a link that works, once a threshold", async () => {
    const { owner } = await listed(50);
    await remindOpenings(today, database.db);
    await remindOpenings(today, database.db);
    const [mail, ...more] = await outbox();
    expect(more).toEqual([]);
    expect(mail?.to).toBe(owner.email);
    if (mail?.content.kind !== "confirm-openings") throw new Error("another mail was sent");
    const { url, accountUrl, days } = mail.content.params;
    expect(days).toBe(50);
    expect(accountUrl).toBe("https://directory.example/account/availability");
    const token = url.split("/").at(-1) ?? "";
    expect((await linkState(token, today, database.db)).state).toBe("open");
  });

  test("a mail at each threshold, and word at the end that the listing is hidden", async () => {
    const { id } = await listed(0);
    for (let day = 0; day <= 100; day += 1) await remindOpenings(addDays(today, day), database.db);
    expect(await kinds()).toEqual([...Array(4).fill("confirm-openings"), "listing-hidden"]);
    expect((await readListing(database.db, id)).remindedOn).toBe(addDays(today, 90));
  });

  test("two workers at once send one", async () => {
    await listed(30);
    await Promise.all([1, 2, 3].map(() => remindOpenings(today, database.db)));
    expect(await kinds()).toEqual(["confirm-openings"]);
  });

  test.each(listingStates)("of a listing that is %s", async (state) => {
    await listed(50, state);
    await remindOpenings(today, database.db);
    expect(await kinds()).toEqual(state === "listed" ? ["confirm-openings"] : []);
  });

  test("are not asked about when the account is about to go", async () => {
    const { owner } = await listed(50);
    await database.db
      .update(people)
      .set({ deletionAskedAt: new Date() })
      .where(eq(people.id, owner.personId));
    await remindOpenings(today, database.db);
    expect(await kinds()).toEqual([]);
  });

  test("one person whom no mail can be written to holds up nobody else", async () => {
    const { owner } = await listed(50);
    await database.sql`update people set email = 'no address' where id = ${owner.personId}`;
    await listed(50);
    const quiet = vi.spyOn(console, "error").mockImplementation(() => {});
    await expect(remindOpenings(today, database.db)).rejects.toThrow("failed for 1 of 2");
    quiet.mockRestore();
    expect(await kinds()).toEqual(["confirm-openings"]);
  });
});

describe("what is about to end", () => {
  async function ending(days: number, state: ListingState = "listed") {
    const { owner, id } = await listed(0, state);
    const end = addDays(today, days);
    await database.sql`
      insert into credentials (id, therapist_id, type_id, jurisdiction, letters, number, expires_on)
      values (${`licence-${id}`}, ${id}, 'us-lmft', 'US-CA', 'LMFT', '12345', ${end})`;
    await database.sql`
      insert into trainings (therapist_id, kind, provider, title, year, worker_led, expires_on)
      values (${id}, 'workshop', 'Provider', 'A course', 2025, 'yes', ${end})`;
    await database.sql`
      insert into insurances (therapist_id, insurer, expires_on) values (${id}, 'Insurer', ${end})`;
    return { owner, id, end };
  }
  const reminded = async () =>
    (await outbox())
      .map(({ content }) =>
        content.kind === "expiry-reminder" ? `${content.params.what} ${content.params.name}` : "",
      )
      .sort();
  const three = ["certificate A course", "insurance Insurer", "licence LMFT"];

  test.each([
    [61, []],
    [60, three],
    [30, three],
    [1, three],
    [0, three],
    [-1, []],
  ])("%i days ahead", async (days, expected) => {
    await ending(days);
    await remindOfExpiry(today, database.db);
    expect(await reminded()).toEqual(expected);
  });

  test("three times in all, whatever day is missed or done twice", async () => {
    await ending(70);
    for (let day = 0; day <= 71; day += 1) {
      if (day % 5 === 0) continue;
      await remindOfExpiry(addDays(today, day), database.db);
      await remindOfExpiry(addDays(today, day), database.db);
    }
    expect(await reminded()).toEqual(three.flatMap((one) => [one, one, one]));
  });

  test("at 60, 30 and 7 days, once each, by a clock that is now and then a day off", async () => {
    const { end } = await ending(70);
    const off = [0, 1, -1, 0, -1, 1, 1, 0];
    for (let day = 0; day <= 71; day += 1) {
      await remindOfExpiry(addDays(today, day + (off[day % off.length] ?? 0)), database.db);
    }
    expect(await reminded()).toEqual(three.flatMap((one) => [one, one, one]));
    const sent = await database.db.select().from(reminders).orderBy(asc(reminders.sentOn));
    for (const threshold of [60, 30, 7]) {
      const days = sent.filter((row) => row.threshold === threshold).map(({ sentOn }) => sentOn);
      expect(days).toEqual(Array(3).fill(days[0]));
      expect([-1, 0, 1].map((late) => addDays(end, late - threshold))).toContain(days[0]);
    }
  });

  test("two workers at once send one each", async () => {
    await ending(7);
    await Promise.all([1, 2, 3].map(() => remindOfExpiry(today, database.db)));
    expect(await reminded()).toEqual(three);
  });

  test("a new end is reminded of anew", async () => {
    const { id } = await ending(7);
    await remindOfExpiry(today, database.db);
    await database.sql`update insurances set expires_on = ${addDays(today, 60)} where therapist_id = ${id}`;
    await remindOfExpiry(today, database.db);
    expect(await reminded()).toHaveLength(4);
  });

  test("nothing of a claim that only stands in a draft, or was withdrawn", async () => {
    await ending(7);
    await database.sql`update credentials set stage = 'proposed'`;
    await database.sql`update trainings set stage = 'retired'`;
    await remindOfExpiry(today, database.db);
    expect(await reminded()).toEqual(["insurance Insurer"]);
  });

  test.each(listingStates)("for a listing that is %s", async (state) => {
    await ending(7, state);
    await remindOfExpiry(today, database.db);
    const told = ["pending", "listed", "paused"].includes(state);
    expect(await reminded()).toEqual(told ? three : []);
  });
});
