import { randomBytes, randomUUID } from "node:crypto";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eq, isNotNull } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { people } from "#db/schema/accounts.ts";
import { auditEvents } from "#db/schema/audit.ts";
import { cases } from "#db/schema/cases.ts";
import { credentials, trainings } from "#db/schema/credentials.ts";
import { caseItems } from "#db/schema/decisions.ts";
import { evidence } from "#db/schema/evidence.ts";
import { therapists } from "#db/schema/profiles.ts";
import { checks } from "#db/schema/vetting.ts";
import { type ClaimType, type Role, revisionStates, roles } from "#db/vocabulary.ts";
import type { Actor } from "#lib/auth/rules.ts";
import { readConfig } from "#lib/config.ts";
import { NotFoundError, UnavailableError } from "#lib/errors.ts";
import { loadReference } from "#lib/reference/load-reference.ts";
import { openStore } from "#lib/storage/open-store.ts";
import type { Store } from "#lib/storage/store.ts";
import { makePdf, pdfWords } from "../../tests/support/files/pdfs.ts";
import { makePng } from "../../tests/support/files/pictures.ts";
import { makeRevision } from "../../tests/support/people.ts";
import { testDatabase } from "../../tests/support/test-database.ts";
import { addEvidence } from "./add-evidence.ts";
import { destroyEvidence } from "./destroy-evidence.ts";
import { getClaim, isOfClaim, listEvidence } from "./queries.ts";
import { readEvidence } from "./read-evidence.ts";
import { removeEvidence } from "./remove-evidence.ts";
import type { ClaimRef } from "./rules.ts";
import { sweepStrayBlobs } from "./sweep-stray-blobs.ts";

const database = testDatabase();
const today = "2026-11-23";
const fileName = "Quill Nightingale licence.png";
const tomorrow = () => new Date(Date.now() + 25 * 60 * 60 * 1000);
let dataDir = "";
let store: Store;
let picture: Buffer;

type Someone = Actor & { therapistId: string; credentialId: string; trainingId: string };
let ana: Someone;
let ben: Someone;

beforeAll(async () => {
  process.env.MASTER_KEY = randomBytes(32).toString("base64");
  dataDir = await mkdtemp(join(tmpdir(), "parasol-evidence-"));
  store = openStore(readConfig({ DATA_DIR: dataDir }));
  picture = await makePng({ width: 30, height: 30 });
  await loadReference(database.db);
  await database.sql`select 1`;
});
afterAll(async () => {
  await rm(dataDir, { recursive: true, force: true });
});

beforeEach(async () => {
  await database.sql`truncate people cascade`;
  for (const { ref } of await store.list("evidence/")) await store.delete(ref);
  ana = await makeSomeone("ana");
  ben = await makeSomeone("ben");
});

async function makeSomeone(name: string): Promise<Someone> {
  const { db } = database;
  const own = { personId: randomUUID(), therapistId: randomUUID() };
  const claims = { credentialId: randomUUID(), trainingId: randomUUID() };
  const { therapistId } = own;
  await db.insert(people).values({ id: own.personId, email: `${name}@mail.example` });
  const row = { id: therapistId, personId: own.personId, slug: `t-${name}` };
  await db.insert(therapists).values({ ...row, confirmedOn: "2026-11-23" });
  await db.insert(credentials).values({
    id: claims.credentialId,
    therapistId,
    typeId: "us-lmft",
    jurisdiction: "US-CA",
    letters: "LMFT",
    number: "123",
    stage: "proposed",
  });
  await db.insert(trainings).values({
    id: claims.trainingId,
    therapistId,
    kind: "workshop",
    provider: "A school",
    title: "A day",
    year: 2025,
    workerLed: "unknown",
    stage: "proposed",
  });
  return { personId: own.personId, roles: ["therapist"], therapistId, ...claims };
}

const licenceOf = ({ credentialId }: Someone): ClaimRef => ({
  subject: "credential",
  claimId: credentialId,
});
const trainingOf = ({ trainingId }: Someone): ClaimRef => ({
  subject: "training",
  claimId: trainingId,
});
const identity: ClaimRef = { subject: "identity", claimId: null };
const upload = (claim: ClaimRef, bytes: Uint8Array = picture) => ({ ...claim, fileName, bytes });
const add = (actor: Actor, claim: ClaimRef, bytes?: Uint8Array) =>
  addEvidence(actor, upload(claim, bytes), database.db, store);
let pictures = 0;
const anotherPicture = () => {
  pictures += 1;
  return makePng({ width: 30 + pictures, height: 30 });
};
const blobs = async () => (await store.list("evidence/")).length;
const verbs = async () =>
  (await database.db.select({ verb: auditEvents.verb }).from(auditEvents)).map(({ verb }) => verb);
const rows = () => database.db.select().from(evidence);
const keys = () => database.db.$count(evidence, isNotNull(evidence.wrappedKey));
const endOn = (deleteAfter: string | null) => database.db.update(evidence).set({ deleteAfter });

/** As if rows were there, without a file being cleaned for each. */
async function pretendDocuments(someone: Someone, claim: ClaimRef, number: number) {
  const row = {
    therapistId: someone.therapistId,
    subject: claim.subject,
    credentialId: claim.subject === "credential" ? claim.claimId : null,
    trainingId: claim.subject === "training" ? claim.claimId : null,
    sealedName: "",
    mediaType: "image/png",
    byteLength: 1,
    sha256: "",
    wrappedKey: "key",
    storageRef: "evidence/none",
  };
  await database.db.insert(evidence).values(Array.from({ length: number }, () => row));
}

describe("a document", () => {
  test("comes back as it was cleaned, to its owner, and each look is on record", async () => {
    await database.sql`truncate audit_events`;
    const id = await add(ana, licenceOf(ana));
    const read = await readEvidence(ana, id, database.db, store);
    expect(read).toMatchObject({ ...licenceOf(ana), fileName, mediaType: "image/png" });
    const [row] = await rows();
    expect(read.bytes.length).toBe(row?.byteLength);
    await readEvidence(ana, id, database.db, store);
    expect(await verbs()).toEqual(["evidence.add", "evidence.view", "evidence.view"]);
    const listed = await listEvidence(ana, database.db);
    expect(listed).toMatchObject([{ id, fileName, pages: null, credentialId: ana.credentialId }]);
    expect(listed.filter((item) => isOfClaim(item, licenceOf(ana)))).toHaveLength(1);
    expect(listed.filter((item) => isOfClaim(item, identity))).toHaveLength(0);
  });

  test("lies sealed: database and store hold none of its words, nor its name", async () => {
    const raw = makePdf(2);
    expect(raw.includes(pdfWords)).toBe(true);
    const id = await add(ana, identity, raw);
    const { bytes } = await readEvidence(ana, id, database.db, store);
    const tables = await database.sql<{ name: string }[]>`
      select table_name as name from information_schema.tables where table_schema = 'public'`;
    const dumps = await Promise.all(
      tables.map(({ name }) => database.sql`select t::text as row from ${database.sql(name)} t`),
    );
    const files = await readdir(join(dataDir, "store"), { recursive: true, withFileTypes: true });
    const stored = await Promise.all(
      files
        .filter((file) => file.isFile())
        .map((file) => readFile(join(file.parentPath, file.name))),
    );
    const everything = Buffer.concat([Buffer.from(JSON.stringify(dumps)), ...stored]);
    expect(everything.includes(id)).toBe(true);
    // A run of zeros would be no sign of it: they stand in other places too.
    const middle = bytes.findIndex((byte, at) => at > 5_000 && byte !== 0);
    const parts = [0, middle, -24].map((at) => bytes.subarray(at).subarray(0, 24));
    for (const part of parts) {
      expect(everything.includes(part)).toBe(false);
      expect(everything.includes(part.toString("hex"))).toBe(false);
      expect(everything.includes(part.toString("base64").slice(0, 28))).toBe(false);
    }
    expect(everything.includes("Nightingale")).toBe(false);
    expect(everything.includes("%PDF")).toBe(false);
  });

  test("that was changed in the store does not open", async () => {
    const id = await add(ana, identity);
    const [row] = await rows();
    const ref = row?.storageRef ?? "";
    const bytes = (await store.get(ref)) ?? Buffer.alloc(0);
    await store.delete(ref);
    bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
    await store.put(ref, bytes);
    await expect(readEvidence(ana, id, database.db, store)).rejects.toThrow();
  });

  test("of a training says that a certificate was sent, until it is taken back", async () => {
    const state = async () =>
      (await database.db.select().from(trainings).where(eq(trainings.id, ana.trainingId)))[0]
        ?.evidence;
    const first = await add(ana, trainingOf(ana));
    const second = await add(ana, trainingOf(ana), await anotherPicture());
    expect(await state()).toBe("provided");
    await removeEvidence(ana, first, database.db, store);
    expect(await state()).toBe("provided");
    await removeEvidence(ana, second, database.db, store);
    expect(await state()).toBe("none");
  });

  test("that is taken back leaves neither key nor name nor bytes, and is gone at once", async () => {
    const id = await add(ana, identity);
    await removeEvidence(ana, id, database.db, store);
    expect(await rows()).toMatchObject([{ wrappedKey: null, sealedName: "" }]);
    expect(await blobs()).toBe(0);
    expect(await listEvidence(ana, database.db)).toEqual([]);
    await expect(readEvidence(ana, id, database.db, store)).rejects.toBeInstanceOf(NotFoundError);
    await expect(removeEvidence(ana, id, database.db, store)).rejects.toBeInstanceOf(NotFoundError);
  });

  test("destroyed by a job is destroyed once, whoever it belonged to", async () => {
    await database.sql`truncate audit_events`;
    for (const someone of [ana, ben]) await add(someone, identity);
    await endOn("2026-11-22");
    expect(await destroyEvidence(today, database.db, store)).toBe(2);
    expect(await destroyEvidence(today, database.db, store)).toBe(0);
    expect(await blobs()).toBe(0);
    expect((await verbs()).filter((verb) => verb === "evidence.destroy")).toHaveLength(2);
  });

  test.each([
    [null, 0],
    ["2026-11-24", 0],
    [today, 0],
    ["2026-11-22", 1],
    ["2020-01-01", 1],
  ])("whose last day is %s: %i destroyed", async (lastDay, number) => {
    await add(ana, identity);
    await endOn(lastDay);
    expect(await destroyEvidence(today, database.db, store)).toBe(number);
    expect([await blobs(), await keys()]).toEqual([1 - number, 1 - number]);
  });

  test("more than fit into one batch are all destroyed, and stay so", async () => {
    await pretendDocuments(ana, identity, 250);
    await endOn("2026-11-22");
    expect(await destroyEvidence(today, database.db, store)).toBe(250);
    expect(await keys()).toBe(0);
  });

  test("loses its key before its bytes: nobody reads what a broken store still has", async () => {
    const id = await add(ana, identity);
    await endOn("2026-11-22");
    const keysThen: number[] = [];
    const broken: Store = {
      ...store,
      delete: async () => {
        keysThen.push(await keys());
        throw new UnavailableError("storage");
      },
    };
    expect(await destroyEvidence(today, database.db, broken)).toBe(1);
    expect(keysThen).toEqual([0]);
    expect(await blobs()).toBe(1);
    await expect(readEvidence(ana, id, database.db, store)).rejects.toBeInstanceOf(NotFoundError);
    expect(await sweepStrayBlobs(tomorrow(), database.db, store)).toBe(1);
    expect(await blobs()).toBe(0);
  });

  test("keeps its bytes when the database does not let its key go", async () => {
    const id = await add(ana, identity);
    await endOn("2026-11-22");
    await database.sql`create function refuse() returns trigger language plpgsql as $$
      begin raise exception 'no'; end $$`;
    await database.sql`create trigger refuse before insert on audit_events
      for each row when (new.verb = 'evidence.destroy') execute function refuse()`;
    await expect(destroyEvidence(today, database.db, store)).rejects.toThrow();
    await database.sql`drop function refuse cascade`;
    expect([await blobs(), await keys()]).toEqual([1, 1]);
    expect((await readEvidence(ana, id, database.db, store)).fileName).toBe(fileName);
  });
});

/** A store at which so many uploads wait for each other, so that their rows come all at once. */
function meetingAtThe(number: number): Store {
  const { promise, resolve } = Promise.withResolvers<void>();
  let there = 0;
  const put: Store["put"] = async (ref, bytes) => {
    await store.put(ref, bytes);
    there += 1;
    if (there === number) resolve();
    await promise;
  };
  return { ...store, put };
}

describe("whose and when", () => {
  const claims: [string, (someone: Someone) => ClaimRef][] = [
    ["a licence", licenceOf],
    ["a training", trainingOf],
  ];

  test.each(claims)("nobody adds to %s of someone else", async (_name, claimOf) => {
    await expect(add(ana, claimOf(ben))).rejects.toBeInstanceOf(NotFoundError);
    expect([await rows(), await blobs()]).toEqual([[], 0]);
  });

  test("nobody reads, lists or removes what is someone else's", async () => {
    const id = await add(ben, identity);
    await expect(readEvidence(ana, id, database.db, store)).rejects.toBeInstanceOf(NotFoundError);
    await expect(removeEvidence(ana, id, database.db, store)).rejects.toBeInstanceOf(NotFoundError);
    expect(await listEvidence(ana, database.db)).toEqual([]);
    expect(await getClaim(ana, licenceOf(ben), database.db)).toBeNull();
    expect(await blobs()).toBe(1);
  });

  test.each(roles)("as %s: own documents only as a therapist", async (role: Role) => {
    const id = await add(ana, identity);
    const foreign = await add(ben, identity);
    const actor: Actor = { personId: ana.personId, roles: [role] };
    const may = role === "therapist";
    const outcome = (asked: Promise<unknown>) =>
      asked.then(
        () => true,
        () => false,
      );
    expect(await outcome(readEvidence(actor, id, database.db, store))).toBe(may);
    expect(await outcome(readEvidence(actor, foreign, database.db, store))).toBe(false);
    expect(await outcome(add(actor, identity))).toBe(may);
    expect(await outcome(removeEvidence(actor, foreign, database.db, store))).toBe(false);
    expect(await outcome(removeEvidence(actor, id, database.db, store))).toBe(may);
  });

  test.each(revisionStates)("while a revision is %s", async (state) => {
    const id = await add(ana, identity);
    await makeRevision(database.db, { ...ana, state: state });
    if (state === "submitted") {
      await expect(add(ana, identity)).rejects.toMatchObject({ reason: "already-submitted" });
      await expect(removeEvidence(ana, id, database.db, store)).rejects.toMatchObject({
        reason: "already-submitted",
      });
      expect(await blobs()).toBe(1);
    } else {
      await add(ana, identity, await anotherPicture());
      await removeEvidence(ana, id, database.db, store);
      expect(await blobs()).toBe(1);
    }
    expect(await listEvidence(ana, database.db)).toHaveLength(1);
  });

  test.each([
    ["a licence without its id", { subject: "credential", claimId: null }],
    ["an unknown licence", { subject: "credential", claimId: "1" }],
    ["a training that is a licence", { subject: "training", claimId: "licence" }],
    ["an identity with an id", { subject: "identity", claimId: "1" }],
    ["an insurance with an id", { subject: "insurance", claimId: "x'--" }],
  ] as [string, ClaimRef][])("%s is not there", async (_name, claim) => {
    const claimId = claim.claimId === "licence" ? ana.credentialId : claim.claimId;
    await expect(add(ana, { ...claim, claimId })).rejects.toBeInstanceOf(NotFoundError);
  });

  test("a claim that was given up takes no documents", async () => {
    await database.sql`update credentials set stage = 'retired'`;
    await expect(add(ana, licenceOf(ana))).rejects.toBeInstanceOf(NotFoundError);
    await database.sql`update credentials set stage = 'current', withdrawn_on = now()`;
    await expect(add(ana, licenceOf(ana))).rejects.toBeInstanceOf(NotFoundError);
  });

  test.each([
    ["a picture", () => makePng({ width: 40, height: 40 })],
    ["a PDF", () => makePdf(2)],
  ])(
    "%s that is sent twice at once is there once, and so it is when it is sent again",
    async (_name, make) => {
      await database.sql`truncate audit_events`;
      const file = upload(licenceOf(ana), await make());
      const together = meetingAtThe(2);
      const [first, second] = await Promise.all(
        [1, 2].map(() => addEvidence(ana, file, database.db, together)),
      );
      expect(second).toBe(first);
      expect(await add(ana, licenceOf(ana), file.bytes)).toBe(first);
      expect([(await rows()).length, await blobs(), await verbs()]).toEqual([
        1,
        1,
        ["evidence.add"],
      ]);
      await readEvidence(ana, first ?? "", database.db, store);
      // Of another claim, or after it was taken away, it is another document.
      await add(ana, identity, file.bytes);
      await removeEvidence(ana, first ?? "", database.db, store);
      expect(await add(ana, licenceOf(ana), file.bytes)).not.toBe(first);
    },
  );

  test("five for a claim and forty for a person, also when they come at once", async () => {
    await pretendDocuments(ana, licenceOf(ana), 4);
    const together = meetingAtThe(3);
    const pictures = await Promise.all([1, 2, 3].map(anotherPicture));
    const outcomes = await Promise.allSettled(
      pictures.map((each) => addEvidence(ana, upload(licenceOf(ana), each), database.db, together)),
    );
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect([(await rows()).length, await blobs()]).toEqual([5, 1]);
    await add(ana, trainingOf(ana));
    await pretendDocuments(ana, trainingOf(ana), 34);
    await expect(add(ana, identity)).rejects.toMatchObject({ reason: "too-many" });
    await add(ben, identity);
  });
});

/** Moderators ask something about a claim that lies with them. @returns the id of the question */
async function askAbout(someone: Someone, claimType: ClaimType): Promise<string> {
  const { therapistId } = someone;
  const [caseId, checkId, id] = [randomUUID(), randomUUID(), randomUUID()];
  await database.db.insert(cases).values({ id: caseId, therapistId, kind: "submission" });
  await database.db.insert(checks).values({
    id: checkId,
    therapistId,
    track: "identity",
    claimType,
    credentialId: claimType === "credential" ? someone.credentialId : null,
    trainingId: claimType === "training" ? someone.trainingId : null,
    caseId,
    claim: { supervisorName: "Dr Who Else" },
    sourceType: "self",
    method: "manual",
    state: "needs-info",
  });
  await database.db.insert(caseItems).values({ id, caseId, checkId, sealedQuestion: "sealed" });
  return id;
}

describe("while moderators ask about a claim that lies with them", () => {
  const refused = { reason: "already-submitted" };
  const answer = (id: string) =>
    database.db
      .update(caseItems)
      .set({ sealedAnswer: "sealed", answeredAt: new Date() })
      .where(eq(caseItems.id, id));

  test.each([
    ["credential", licenceOf],
    ["training", trainingOf],
    ["identity", () => identity],
    ["discipline", () => identity],
    ["exclusion", () => identity],
    ["insurance", () => ({ subject: "insurance", claimId: null })],
  ] as [ClaimType, (someone: Someone) => ClaimRef][])(
    "of %s, one document more can join it, until it is answered",
    async (claimType, claimOf) => {
      await makeRevision(database.db, { ...ana, state: "submitted" });
      await makeRevision(database.db, { ...ben, state: "submitted" });
      const item = await askAbout(ana, claimType);
      const other: ClaimRef = claimType === "training" ? identity : trainingOf(ana);
      const id = await add(ana, claimOf(ana));
      await expect(add(ana, other)).rejects.toMatchObject(refused);
      await expect(add(ben, claimOf(ben))).rejects.toMatchObject(refused);
      await expect(removeEvidence(ana, id, database.db, store)).rejects.toMatchObject(refused);
      await answer(item);
      await expect(add(ana, claimOf(ana))).rejects.toMatchObject(refused);
    },
  );

  test("of one licence, no document can join another", async () => {
    await makeRevision(database.db, { ...ana, state: "submitted" });
    await askAbout(ana, "credential");
    const claimId = randomUUID();
    const held = { typeId: "us-lmft", jurisdiction: "US-NV", letters: "LMFT", number: "124" };
    const { therapistId } = ana;
    await database.db.insert(credentials).values({ id: claimId, therapistId, ...held });
    await expect(add(ana, { subject: "credential", claimId })).rejects.toMatchObject(refused);
    await add(ana, licenceOf(ana));
  });

  test("of supervision, it joins the licence that is held under it", async () => {
    await makeRevision(database.db, { ...ana, state: "submitted" });
    await askAbout(ana, "supervision");
    await expect(add(ana, licenceOf(ana))).rejects.toMatchObject(refused);
    await database.db.update(credentials).set({ supervised: true, supervisorName: "Dr Who Else" });
    await add(ana, licenceOf(ana));
  });

  test("a question of a case that is closed opens nothing", async () => {
    await makeRevision(database.db, { ...ana, state: "submitted" });
    await askAbout(ana, "identity");
    await database.db.update(cases).set({ closedAt: new Date(), outcome: "checked" });
    await expect(add(ana, identity)).rejects.toMatchObject(refused);
  });
});

describe("what breaks off", () => {
  const failing = (part: Partial<Store>): Store => ({ ...store, ...part });
  const down = async () => {
    throw new UnavailableError("storage");
  };

  test("a file that is no document leaves nothing", async () => {
    await expect(add(ana, identity, Buffer.from("x"))).rejects.toThrow("not-a-document");
    expect([await rows(), await blobs()]).toEqual([[], 0]);
  });

  test("a store that is down leaves nothing, and says so", async () => {
    const asked = addEvidence(ana, upload(identity), database.db, failing({ put: down }));
    await expect(asked).rejects.toBeInstanceOf(UnavailableError);
    expect([await rows(), await blobs()]).toEqual([[], 0]);
  });

  test("a transaction that fails takes the bytes with it", async () => {
    // The claim goes away while its document is on the way to the store.
    const slow = failing({
      put: async (ref, bytes) => {
        await store.put(ref, bytes);
        await database.sql`update credentials set stage = 'retired'`;
      },
    });
    const asked = addEvidence(ana, upload(licenceOf(ana)), database.db, slow);
    await expect(asked).rejects.toBeInstanceOf(NotFoundError);
    expect([await rows(), await blobs()]).toEqual([[], 0]);
  });

  test("bytes that a store did not let go of go with the next sweep, and no others", async () => {
    const kept = await add(ana, identity);
    const gone = await add(ana, identity, await anotherPicture());
    await removeEvidence(ana, gone, database.db, failing({ delete: down }));
    await store.put(`evidence/${randomUUID()}`, Buffer.from("of an upload that broke off"));
    expect(await sweepStrayBlobs(new Date(), database.db, store)).toBe(0);
    expect(await blobs()).toBe(3);
    expect(await sweepStrayBlobs(tomorrow(), database.db, store)).toBe(2);
    expect((await readEvidence(ana, kept, database.db, store)).bytes.length).toBeGreaterThan(0);
  });

  test("an account that is deleted leaves bytes that nobody can open, and then none", async () => {
    await add(ana, identity);
    await database.db.delete(people).where(eq(people.id, ana.personId));
    expect(await rows()).toEqual([]);
    await sweepStrayBlobs(tomorrow(), database.db, store);
    expect(await blobs()).toBe(0);
  });
});
