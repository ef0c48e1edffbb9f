import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { auditEvents } from "#db/schema/audit.ts";
import { claimConflicts, credentials } from "#db/schema/credentials.ts";
import type { Actor } from "#lib/auth/rules.ts";
import { loadReference } from "#lib/reference/load-reference.ts";
import { getEditorView } from "#lib/revisions/queries.ts";
import { everyRow, insured, licence } from "../../tests/support/own-profile.ts";
import { makePerson } from "../../tests/support/people.ts";
import { accountEnvironment } from "../../tests/support/test-accounts.ts";
import { testDatabase } from "../../tests/support/test-database.ts";
import { dropCredential } from "./drop-credential.ts";
import { mostCredentials, saveCredential } from "./save-credential.ts";
import { saveInsurance } from "./save-insurance.ts";
import type { CredentialForm } from "./schema.ts";

accountEnvironment();
const database = testDatabase();
let ana: Actor;
let ben: Actor;

beforeAll(async () => {
  await loadReference(database.db);
});
beforeEach(async () => {
  await database.sql`truncate people cascade`;
  await database.sql`truncate audit_events`;
  ana = await makePerson(database.db);
  ben = await makePerson(database.db);
});

const claim = (actor: Actor, change: Partial<CredentialForm> = {}, id: string | null = null) =>
  saveCredential(actor, id, licence(change), database.db);
const conflicts = () => database.db.select().from(claimConflicts);
const held = async (actor: Actor) => (await getEditorView(actor, database.db)).credentials;
const waiting = async () => {
  const [row] = await database.sql`select count(*)::int as n from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock'`;
  return row?.n;
};
const changedElsewhere = { name: "ConflictError", reason: "changed-elsewhere" };
/** What each of some attempts came to, sorted. */
const outcomesOf = async (attempts: Promise<unknown>[]) =>
  (await Promise.allSettled(attempts))
    .map((one) => (one.status === "fulfilled" ? "done" : one.reason.reason))
    .toSorted();

describe("a number that another account claims", () => {
  test.each(["LIC-1234", "lic-1234", " LIC 12 34 ", "Lic.1234", "LIC1234"])(
    "as %j is noted once, and neither account can tell",
    async (number) => {
      const first = await claim(ana, { number: "LIC-1234" });
      const alone = await claim(ben, { number: "NOBODY-ELSE" });
      const [lonely] = await held(ben);
      await dropCredential(ben, alone, database.db);
      const second = await claim(ben, { number });
      const pairs = (await conflicts()).map((row) =>
        [row.credentialId, row.otherCredentialId].toSorted(),
      );
      expect(pairs).toEqual([[first, second].toSorted()]);
      expect(await held(ben)).toEqual([{ ...lonely, id: second, number }]);
      expect(await held(ana)).toMatchObject([{ id: first, number: "LIC-1234", claimVersion: 1 }]);
      const events = await database.db.select().from(auditEvents);
      expect(new Set(events.map(({ verb }) => verb))).toEqual(
        new Set(["credential.claim", "credential.drop"]),
      );
      expect(events.every(({ details }) => Object.keys(details).length === 0)).toBe(true);
    },
  );

  test("is noted when it has no digit at all", async () => {
    await claim(ana, { number: "QV-XL" });
    await claim(ben, { number: "qv xl" });
    expect(await conflicts()).toHaveLength(1);
  });

  test("stays one note, whoever saves it again", async () => {
    const first = await claim(ana);
    const second = await claim(ben);
    await claim(ben, { version: 1, letters: "MFT" }, second);
    await claim(ana, { version: 1, letters: "MFT" }, first);
    expect(await conflicts()).toHaveLength(1);
  });

  test("is noted when it comes by a change", async () => {
    await claim(ana);
    const id = await claim(ben, { number: "OTHER" });
    expect(await conflicts()).toEqual([]);
    await claim(ben, { version: 1 }, id);
    expect(await conflicts()).toHaveLength(1);
  });

  test("is noted when both claim it before either is done", async () => {
    let bens: Promise<unknown> = Promise.resolve();
    await database.db.transaction(async (tx) => {
      await saveCredential(ana, null, licence(), tx);
      bens = claim(ben);
      await expect.poll(waiting).toBe(1);
    });
    await bens;
    expect(await conflicts()).toHaveLength(1);
  });

  test.each([
    ["of another state", { jurisdiction: "US-CA" }],
    ["of another profession", { typeId: "us-lcsw" }],
    ["of a longer number", { number: "LIC-12345" }],
  ] as const)("is none %s", async (_name, change) => {
    await claim(ana);
    await claim(ben, change);
    expect(await conflicts()).toEqual([]);
  });

  test("is none with a claim of their own", async () => {
    await claim(ana);
    await claim(ana);
    expect(await conflicts()).toEqual([]);
  });
});

describe("two tabs", () => {
  test("of ten changes to a licence at once, one is kept", async () => {
    const id = await claim(ana);
    const tries = Array.from({ length: 10 }, (_, at) =>
      claim(ana, { version: 1, number: `TRY-${at}` }, id),
    );
    expect(await outcomesOf(tries)).toEqual([...Array(9).fill("changed-elsewhere"), "done"]);
    expect(await held(ana)).toMatchObject([{ id, claimVersion: 2 }]);
    expect(await database.db.select().from(auditEvents)).toHaveLength(2);
  });

  test("of ten words on insurance at once, one is kept", async () => {
    const save = (seen: number) => saveInsurance(ana, { seen, insurance: insured }, database.db);
    const ten = (seen: number) => outcomesOf(Array.from({ length: 10 }, () => save(seen)));
    const one = [...Array(9).fill("changed-elsewhere"), "done"];
    expect(await ten(0)).toEqual(one);
    expect(await ten(1)).toEqual(one);
    const before = await everyRow(database.db);
    await expect(save(1)).rejects.toMatchObject(changedElsewhere);
    expect(await everyRow(database.db)).toEqual(before);
    const { insurance } = await getEditorView(ana, database.db);
    expect(insurance).toEqual({ ...insured, claimVersion: 2 });
  });

  test("a change to what another tab has dropped is not there", async () => {
    const id = await claim(ana);
    await dropCredential(ana, id, database.db);
    await expect(claim(ana, { version: 1 }, id)).rejects.toMatchObject({ name: "NotFoundError" });
  });
});

test("a licence that is saved as it was keeps its version, and its look", async () => {
  const id = await claim(ana);
  expect(await claim(ana, { version: 1 }, id)).toBe(id);
  expect(await held(ana)).toMatchObject([{ id, claimVersion: 1 }]);
});

test("a privilege under a compact is a claim of its own kind", async () => {
  await claim(ana, { compactId: "counseling" });
  const rows = await database.db.select({ basis: credentials.basis }).from(credentials);
  expect(rows).toEqual([{ basis: "compact-privilege" }]);
});

test("a supervisor is kept only while there is one", async () => {
  const supervisor = { supervisorName: "A supervisor", supervisorNumber: "S-1" };
  const id = await claim(ana, { supervised: "yes", ...supervisor });
  expect(await held(ana)).toMatchObject([{ supervised: true, ...supervisor }]);
  await claim(ana, { supervised: "no", ...supervisor, version: 1 }, id);
  expect(await held(ana)).toMatchObject([
    { supervised: false, supervisorName: null, supervisorNumber: null },
  ]);
});

test("nobody fills the table with licences", async () => {
  for (let number = 0; number < mostCredentials; number += 1) {
    await claim(ana, { number: `N-${number}` });
  }
  await expect(claim(ana)).rejects.toMatchObject({ name: "ConflictError", reason: "too-many" });
  expect(await held(ana)).toHaveLength(mostCredentials);
});
