import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eq, sql } from "drizzle-orm";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { people } from "#db/schema/accounts.ts";
import { auditEvents } from "#db/schema/audit.ts";
import { claimConflicts } from "#db/schema/credentials.ts";
import { invitations, mails, neverContact } from "#db/schema/mails.ts";
import { therapists } from "#db/schema/profiles.ts";
import { mailContext, neverContactHash } from "#lib/email/enqueue-mail.ts";
import { parseMailBody } from "#lib/email/schema.ts";
import { loadReference } from "#lib/reference/load-reference.ts";
import { getEditorView } from "#lib/revisions/queries.ts";
import { unseal } from "#lib/sealing/seal.ts";
import { testDatabase } from "../../tests/support/test-database.ts";
import { acceptInvitation } from "./accept-invitation.ts";
import { declineInvitation } from "./decline-invitation.ts";
import { forgetUnanswered } from "./forget-unanswered.ts";
import { importSheet, type RowReport } from "./import-sheet.ts";
import { inviteTherapist } from "./invite-therapist.ts";
import { getInvitation, getStanding } from "./queries.ts";
import { type Entry, readRow } from "./read-row.ts";
import { type Cells, columnNames } from "./schema.ts";

process.env.MASTER_KEY ??= Buffer.alloc(32, 7).toString("base64");

const database = testDatabase();
const source = { community: "Harbour", siteUrl: "https://directory.example" };
const folder = mkdtempSync(join(tmpdir(), "parasol-import-"));
const path = join(folder, "people.csv");

beforeAll(() => loadReference(database.db));
afterAll(() => rmSync(folder, { recursive: true }));

const newAddress = () => `${randomUUID()}@mail.example`;
const invite = (entry: Entry) => inviteTherapist(entry, source, database.db);
const standing = (email: string) => getStanding(email, database.db);

function entryFor(email: string, more: Partial<Entry> = {}): Entry {
  const nothing = { pronouns: null, headline: null, website: null, place: null, credential: null };
  return { email, displayName: "Ana Ruiz", locale: "en", terms: [], ...nothing, ...more };
}

async function personOf(email: string) {
  const [person] = await database.db.select().from(people).where(eq(people.email, email));
  if (!person) throw new Error(`nobody has the address ${email}`);
  return person;
}

/** The links of the one mail that waits for someone. */
async function mailOf(email: string) {
  const { id } = await personOf(email);
  const [mail, ...more] = await database.db.select().from(mails).where(eq(mails.personId, id));
  expect(more).toEqual([]);
  const { to, content } = parseMailBody(
    "invitation",
    unseal(mail?.sealedBody ?? "", mailContext(mail?.id ?? "")),
  );
  if (content.kind !== "invitation") throw new Error("it is no invitation");
  const token = new URL(content.params.acceptUrl).searchParams.get("token") ?? "";
  return { to, token, locale: mail?.locale, ...content.params };
}

async function invited(more: Partial<Entry> = {}): Promise<{ email: string; token: string }> {
  const email = newAddress();
  expect(await invite(entryFor(email, more))).toBe("new");
  return { email, token: (await mailOf(email)).token };
}

const signIn = (email: string) =>
  database.db.update(people).set({ emailVerified: new Date() }).where(eq(people.email, email));

async function importText(text: string, write = true): Promise<RowReport[]> {
  writeFileSync(path, text);
  const reports: RowReport[] = [];
  for await (const report of importSheet(path, write ? source : null, database.db)) {
    reports.push(report);
  }
  return reports;
}

const counts = async () => {
  const [row] = await database.sql`select
    (select count(*) from people) as people, (select count(*) from mails) as mails,
    (select count(*) from therapists) as therapists, (select count(*) from audit_events) as events,
    (select count(*) from profile_revisions) as revisions, (select count(*) from credentials) as credentials,
    (select count(*) from invitations) as invitations, (select count(*) from graphile_worker.jobs) as jobs`;
  return row;
};

describe("an invitation", () => {
  test("makes an unlisted draft, a mail in their language, and no more", async () => {
    const email = newAddress();
    await invite(entryFor(email, { locale: "es" }));
    const person = await personOf(email);
    expect(person).toMatchObject({ roles: ["therapist"], locale: "es", emailVerified: null });
    const { therapist, revision } = await getEditorView(
      { personId: person.id, roles: ["therapist"] },
      database.db,
    );
    expect(therapist).toMatchObject({ listingState: "draft", consentedAt: null });
    expect(revision).toMatchObject({ state: "draft", textLocale: "es", displayName: "Ana Ruiz" });
    expect(therapist?.slug).not.toContain("ana");
    const mail = await mailOf(email);
    expect(mail).toMatchObject({ to: email, locale: "es", community: "Harbour" });
    expect(mail.acceptUrl).toBe(`https://directory.example/es/invitation?token=${mail.token}`);
    expect(mail.neverUrl).toBe(`https://directory.example/es/invitation/never?token=${mail.token}`);
  });

  test("keeps no token, and its audit row holds names of fields alone", async () => {
    const { email, token } = await invited({ pronouns: "she/her", website: "https://ana.example" });
    const dump = JSON.stringify([
      await database.db.select().from(invitations),
      await database.db.select().from(mails),
      await database.db.select().from(auditEvents),
      await database.sql`select payload from graphile_worker._private_jobs`,
    ]);
    for (const secret of [token, email, "ana.example", "she/her"])
      expect(dump).not.toContain(secret);
    const { id } = await personOf(email);
    const events = await database.db
      .select()
      .from(auditEvents)
      .where(eq(auditEvents.subjectId, id));
    expect(events).toMatchObject([
      {
        verb: "invitation.send",
        actorId: null,
        details: { fields: ["email", "displayName", "locale", "pronouns", "website"] },
      },
    ]);
  });

  test("tells moderators when a number is claimed twice", async () => {
    const credential = {
      typeId: "us-lmft",
      jurisdiction: "US-OR",
      letters: "LMFT",
      number: "T 77-88",
      expiresOn: null,
    };
    await invited({ credential });
    await invited({ credential: { ...credential, number: "t7788" } });
    expect(await database.db.select().from(claimConflicts)).toHaveLength(1);
  });

  test("leaves whoever is here already as they are", async () => {
    const { email } = await invited();
    const before = await counts();
    const other = entryFor(email, { displayName: "Somebody Else", pronouns: "x", locale: "es" });
    expect(await invite(other)).toBe("known");
    expect(await counts()).toEqual(before);
    expect(await personOf(email)).toMatchObject({ locale: "en" });
  });

  test("goes once, however many imports run at the same moment", async () => {
    const email = newAddress();
    const outcomes = await Promise.all(Array.from({ length: 5 }, () => invite(entryFor(email))));
    expect(outcomes.toSorted()).toEqual(["known", "known", "known", "known", "new"]);
    await mailOf(email);
  });
});

type State = "open" | "accepted" | "claimed" | "declined" | "forged";

/** Someone who was invited, in each state that this can be in. */
async function inState(state: State): Promise<{ email: string; token: string }> {
  const one = await invited();
  if (state === "accepted") await acceptInvitation(one.token, database.db);
  if (state === "claimed") await signIn(one.email);
  if (state === "declined") await declineInvitation(one.token, database.db);
  return state === "forged" ? { ...one, token: "A".repeat(43) } : one;
}

describe("the answers, by state:", () => {
  test.each<[State, string | null]>([
    ["open", "open"],
    ["accepted", "accepted"],
    ["claimed", "claimed"],
    ["declined", null],
    ["forged", null],
  ])("an invitation that is %s is seen as %s", async (state, seen) => {
    const { token } = await inState(state);
    expect((await getInvitation(token, database.db))?.state ?? null).toBe(seen);
  });

  test.each<[State, "yes" | "not found"]>([
    ["open", "yes"],
    ["accepted", "yes"],
    ["claimed", "yes"],
    ["declined", "not found"],
    ["forged", "not found"],
  ])("yes to one that is %s: %s", async (state, outcome) => {
    const { token } = await inState(state);
    const answer = acceptInvitation(token, database.db).then(() => "yes");
    expect(await answer.catch((error: Error) => error.name)).toBe(
      outcome === "yes" ? "yes" : "NotFoundError",
    );
  });

  test.each<[State, "deleted" | "not found"]>([
    ["open", "deleted"],
    ["accepted", "deleted"],
    ["claimed", "not found"],
    ["declined", "not found"],
    ["forged", "not found"],
  ])("never to one that is %s: %s", async (state, outcome) => {
    const { email, token } = await inState(state);
    const answer = declineInvitation(token, database.db).then(() => "deleted");
    expect(await answer.catch((error: Error) => error.name)).toBe(
      outcome === "deleted" ? "deleted" : "NotFoundError",
    );
    const expected = {
      open: "never",
      accepted: "never",
      declined: "never",
      claimed: "known",
      forged: "known",
    };
    expect(await standing(email)).toBe(expected[state]);
  });

  test("yes is written once, and lists nobody", async () => {
    const { email, token } = await invited();
    await acceptInvitation(token, database.db);
    await acceptInvitation(token, database.db);
    const { id } = await personOf(email);
    const events = await database.db
      .select()
      .from(auditEvents)
      .where(eq(auditEvents.subjectId, id));
    expect(events.map(({ verb }) => verb)).toEqual(["invitation.send", "invitation.accept"]);
    const [row] = await database.db.select().from(therapists).where(eq(therapists.personId, id));
    expect(row).toMatchObject({ listingState: "draft", consentedAt: null });
  });

  test("whoever has signed in is shown to nobody who holds the old mail", async () => {
    const { token } = await inState("claimed");
    expect(await getInvitation(token, database.db)).toEqual({ state: "claimed" });
  });
});

describe("never", () => {
  test("deletes everything, and keeps a keyed hash of the address and nothing else", async () => {
    const before = await counts();
    const email = `never-${randomUUID()}@mail.example`;
    await invite(entryFor(email, { displayName: "Nia Never", website: "https://nia.example" }));
    const { id } = await personOf(email);
    await declineInvitation((await mailOf(email)).token, database.db);
    const { events: _, jobs: __, ...left } = (await counts()) ?? {};
    const { events: ___, jobs: ____, ...had } = before ?? {};
    expect(left).toEqual(had);
    expect(await database.db.select().from(neverContact)).toContainEqual(
      expect.objectContaining({ addressHash: neverContactHash(email) }),
    );
    const tables = await database.sql<{ name: string }[]>`
      select table_name as name from information_schema.tables
      where table_schema = 'public' and table_type = 'BASE TABLE'`;
    for (const { name } of tables) {
      const dump = JSON.stringify(await database.sql`select * from ${database.sql(name)}`);
      for (const word of [email, "Nia Never", "nia.example"])
        expect(dump, name).not.toContain(word);
      if (name !== "audit_events") expect(dump, name).not.toContain(id);
    }
  });

  test("is kept by every later import, in whatever form the address comes", async () => {
    const { email, token } = await invited();
    await declineInvitation(token, database.db);
    const before = await counts();
    const sheet = `email,display_name\n ${email.toUpperCase()} ,Ana\n`;
    expect(await importText(sheet)).toMatchObject([{ row: 2, outcome: "never", problems: [] }]);
    expect(await counts()).toEqual(before);
  });

  test("holds against an import that began a moment before it was said", async () => {
    const { email, token } = await invited();
    const said = Promise.withResolvers<void>();
    const held = Promise.withResolvers<void>();
    const declining = database.db.transaction(async (tx) => {
      await declineInvitation(token, tx);
      said.resolve();
      await held.promise;
    });
    await said.promise;
    const inviting = invite(entryFor(email));
    const waiting = async () => {
      const [row] = await database.sql`select count(*)::int as n from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock'`;
      return row?.n;
    };
    await expect.poll(waiting).toBe(1);
    held.resolve();
    await declining;
    expect(await inviting).toBe("never");
    expect(await standing(email)).toBe("never");
  });
});

test("who says nothing for 60 days is forgotten; who said yes or signed in is not", async () => {
  const old = sql`now() - interval '61 days'`;
  const states: State[] = ["open", "accepted", "claimed"];
  const invitees = await Promise.all(states.map(inState));
  for (const { email } of invitees) {
    const { id } = await personOf(email);
    await database.db
      .update(invitations)
      .set({ createdAt: old })
      .where(eq(invitations.personId, id));
  }
  const { email: recent } = await invited();
  const now = new Date();
  // A clock that is a day behind forgets nobody early.
  expect(await forgetUnanswered(new Date(now.getTime() - 2 * 86_400_000), database.db)).toBe(0);
  expect(await forgetUnanswered(now, database.db)).toBe(1);
  expect(await forgetUnanswered(now, database.db)).toBe(0);
  const left = await Promise.all([...invitees.map(({ email }) => email), recent].map(standing));
  expect(left).toEqual(["new", "known", "known", "known"]);
});

describe("an import", () => {
  const rows = (count: number) => Array.from({ length: count }, newAddress);
  const sheetOf = (addresses: string[]) =>
    `email,display_name\n${addresses.map((address) => `${address},Ana\n`).join("")}`;

  test("writes nothing in a dry run, and says what would be", async () => {
    const { email: known } = await invited();
    const fresh = newAddress();
    const before = await counts();
    const sheet = `${sheetOf([known, fresh])}nobody,\n${fresh},Ana Again\n${newAddress()},Ana,555\n`;
    expect(await importText(sheet, false)).toMatchObject([
      { row: 2, outcome: "known" },
      { row: 3, outcome: "new" },
      { row: 4, outcome: "wrong", problems: [{ column: "email" }, { column: "display_name" }] },
      { row: 5, outcome: "wrong", sameAs: 3 },
      { row: 6, outcome: "wrong", strays: ["555"] },
    ]);
    expect(await counts()).toEqual(before);
  });

  test("leaves out what is wrong, lets in the rest, and does nothing the second time", async () => {
    const [first = "", second = ""] = rows(2);
    const sheet = `email,display_name,formats\n${first},Ana,video\n${second},Bo,fax\n`;
    expect((await importText(sheet)).map(({ outcome }) => outcome)).toEqual(["new", "wrong"]);
    expect(await standing(second)).toBe("new");
    const before = await counts();
    expect((await importText(sheet)).map(({ outcome }) => outcome)).toEqual(["known", "wrong"]);
    expect(await counts()).toEqual(before);
    const mended = sheet.replace("fax", "phone");
    expect((await importText(mended)).map(({ outcome }) => outcome)).toEqual(["known", "new"]);
  });

  test("that is stopped between two rows goes on where it was", async () => {
    const addresses = rows(6);
    writeFileSync(path, sheetOf(addresses));
    let seen = 0;
    for await (const _ of importSheet(path, source, database.db)) {
      seen += 1;
      if (seen === 3) break;
    }
    expect(await Promise.all(addresses.map(standing))).toEqual([
      "known",
      "known",
      "known",
      "new",
      "new",
      "new",
    ]);
    const again = await importText(sheetOf(addresses));
    expect(again.map(({ outcome }) => outcome)).toEqual([
      "known",
      "known",
      "known",
      "new",
      "new",
      "new",
    ]);
    for (const address of addresses) await mailOf(address);
  });

  test("that dies within a row leaves nothing of that row", async () => {
    const [address = ""] = rows(1);
    const before = await counts();
    const dying = database.db.transaction(async (tx) => {
      await inviteTherapist(entryFor(address), source, tx);
      throw new Error("killed");
    });
    await expect(dying).rejects.toThrow("killed");
    expect(await counts()).toEqual(before);
    expect(await standing(address)).toBe("new");
  });
});

describe("whatever stands in the cells of a row,", () => {
  const hostile = fc.oneof(
    fc.string({ unit: "grapheme", maxLength: 30 }),
    fc.string({ unit: "binary", maxLength: 30 }),
    fc.constantFrom(
      "",
      "=cmd()",
      "JosÃ©",
      "O’Brien",
      "a\nb",
      "'; drop table people; --",
      "\0",
      "<b>",
    ),
  );
  const sound: Record<keyof Cells, readonly string[]> = {
    email: ["ana@mail.example"],
    display_name: ["Ana Ruiz", "=SUM(A1)", "Zoë 'Z' Ñandú", "李小龍"],
    pronouns: ["", "they/them", "-elle"],
    language: ["", "es", "English"],
    city: ["", "Portland"],
    region: ["", "US-OR", "us-or"],
    formats: ["", "video; phone"],
    languages: ["", "en;Español"],
    modalities: ["", "emdr"],
    concerns: ["", "anxiety; trauma"],
    work_contexts: ["", "camming"],
    credential_type: ["", "LMFT"],
    licence_number: ["", "T-1"],
    licence_region: ["", "US-OR"],
    licence_expires: ["", "2027-03-31"],
    website: ["", "https://ana.example/?a=1&b=<2>"],
    headline: ["", "@home, +1", "x".repeat(200)],
  };
  const cells = fc.record(
    Object.fromEntries(
      columnNames.map((name) => [
        name,
        fc.oneof(
          { weight: 30, arbitrary: fc.constantFrom(...sound[name]) },
          { weight: 1, arbitrary: hostile },
        ),
      ]),
    ) as Record<keyof Cells, fc.Arbitrary<string>>,
  );

  test("it gives problems in words, or a draft that holds just what was given", async () => {
    let drafts = 0;
    await fc.assert(
      fc.asyncProperty(cells, async (given) => {
        const trimmed = Object.fromEntries(
          Object.entries(given).map(([name, cell]) => [name, cell.trim()]),
        ) as Cells;
        const reading = await readRow({
          ...trimmed,
          ...(trimmed.email.includes("@mail") && { email: newAddress() }),
        });
        if ("problems" in reading) {
          expect(reading.problems.length).toBeGreaterThan(0);
          return;
        }
        drafts += 1;
        const { entry } = reading;
        expect(await invite(entry)).toBe("new");
        const { token } = await mailOf(entry.email);
        const invitation = await getInvitation(token, database.db);
        if (invitation?.state !== "open") throw new Error("it is not open");
        expect(invitation).toMatchObject({ email: entry.email, locale: entry.locale });
        const { held } = invitation;
        const text = (cell: string) => cell || null;
        expect(held.displayName).toBe(trimmed.display_name);
        expect(held.pronouns).toBe(text(trimmed.pronouns));
        expect(held.headline).toBe(text(trimmed.headline));
        expect(held.websites).toEqual(trimmed.website ? [trimmed.website] : []);
        expect(held.places).toEqual(
          trimmed.city ? [{ city: trimmed.city, region: trimmed.region.toUpperCase() }] : [],
        );
        const sorted = (terms: readonly { kind: string; id: string }[]) =>
          terms.map(({ kind, id }) => `${kind} ${id}`).toSorted();
        expect(sorted(held.terms)).toEqual(sorted(entry.terms));
        expect(held.credentials.map(({ number }) => number)).toEqual(
          trimmed.credential_type ? [trimmed.licence_number] : [],
        );
        expect(held.credentials.map(({ expiresOn }) => expiresOn)).toEqual(
          trimmed.credential_type ? [text(trimmed.licence_expires)] : [],
        );
      }),
      { numRuns: 400 },
    );
    expect(drafts).toBeGreaterThan(10);
  }, 120_000);
});
