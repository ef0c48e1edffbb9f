import { and, eq, getTableColumns, inArray, isNull } from "drizzle-orm";
import type { PgColumn, PgTable } from "drizzle-orm/pg-core";
import { type Db, primary } from "#db/client.ts";
import {
  addressChanges,
  passkeys,
  people,
  recoveryCodes,
  roleChanges,
  sessions,
  totpSecrets,
} from "#db/schema/accounts.ts";
import { auditEvents } from "#db/schema/audit.ts";
import { conflictsOfInterest } from "#db/schema/cases.ts";
import { credentials, insurances, trainings } from "#db/schema/credentials.ts";
import { evidence, legalHolds } from "#db/schema/evidence.ts";
import { invitations, mails } from "#db/schema/mails.ts";
import * as profiles from "#db/schema/profiles.ts";
import { registerFindings } from "#db/schema/registers.ts";
import { checks } from "#db/schema/vetting.ts";
import { appendEvent } from "#lib/audit/append-event.ts";
import type { Actor } from "#lib/auth/rules.ts";
import { NotFoundError } from "#lib/errors.ts";
import { nameContext } from "#lib/evidence/rules.ts";
import { legalNameContext } from "#lib/revisions/queries.ts";
import { unseal } from "#lib/sealing/seal.ts";
import { exportCases } from "./export-cases.ts";
import { exportMessages } from "./export-messages.ts";

/**
 * All that we hold about one person, for themself alone, and a line in the log that they got it.
 * Here whole rows are the point, so what is kept back is named instead: keys, hashes, and what
 * moderators wrote for each other.
 */
export async function exportAccount(actor: Actor, now: Date, db: Db = primary()) {
  const { personId } = actor;
  return db.transaction(async (tx) => {
    const data = await collect(personId, now, tx);
    const subject = { kind: "person", id: personId };
    await appendEvent({ actorId: personId, verb: "account.export", subject }, tx);
    return data;
  });
}

async function collect(personId: string, now: Date, db: Db) {
  const [account] = await db
    .select(without(people, "persona"))
    .from(people)
    .where(eq(people.id, personId));
  if (!account) throw new NotFoundError();
  return {
    exportedAt: now,
    account,
    signIn: await exportSignIn(personId, db),
    invitations: await db
      .select(without(invitations, "tokenHash"))
      .from(invitations)
      .where(eq(invitations.personId, personId)),
    mails: await db
      .select(without(mails, "sealedBody", "lastError"))
      .from(mails)
      .where(eq(mails.personId, personId))
      .orderBy(mails.createdAt),
    actions: await db
      .select(without(auditEvents, "actorId"))
      .from(auditEvents)
      .where(eq(auditEvents.actorId, personId))
      .orderBy(auditEvents.id),
    roleChanges: await db
      .select(without(roleChanges, "askedBy", "answeredBy"))
      .from(roleChanges)
      .where(eq(roleChanges.personId, personId)),
    /** Of therapists that this person said they know too well. */
    conflictsOfInterest: await db
      .select()
      .from(conflictsOfInterest)
      .where(eq(conflictsOfInterest.personId, personId)),
    listing: await exportListing(personId, db),
  };
}

async function exportSignIn(personId: string, db: Db) {
  const { usedAt } = recoveryCodes;
  return {
    sessions: await db
      .select(without(sessions, "sessionToken"))
      .from(sessions)
      .where(eq(sessions.userId, personId)),
    passkeys: await db
      .select(without(passkeys, "publicKey", "counter"))
      .from(passkeys)
      .where(eq(passkeys.personId, personId)),
    authenticatorApps: await db
      .select(without(totpSecrets, "sealedSecret", "lastStep"))
      .from(totpSecrets)
      .where(eq(totpSecrets.personId, personId)),
    recoveryCodesLeft: await db.$count(
      recoveryCodes,
      and(eq(recoveryCodes.personId, personId), isNull(usedAt)),
    ),
    addressChanges: await db
      .select(without(addressChanges, "oldTokenHash", "newTokenHash"))
      .from(addressChanges)
      .where(eq(addressChanges.personId, personId)),
  };
}

async function exportListing(personId: string, db: Db) {
  const { therapists, photos } = profiles;
  const [therapist] = await db
    .select({ id: therapists.id, sealedLegalName: therapists.sealedLegalName })
    .from(therapists)
    .where(eq(therapists.personId, personId));
  if (!therapist) return null;
  const { id, sealedLegalName } = therapist;
  const rows = (table: PgTable & { therapistId: PgColumn }, ...keptBack: string[]) =>
    db
      .select(without(table, ...keptBack))
      .from(table)
      .where(eq(table.therapistId, id));
  const [listing] = await db
    .select(without(therapists, "sealedLegalName"))
    .from(therapists)
    .where(eq(therapists.id, id));
  return {
    ...listing,
    legalName: sealedLegalName && unseal(sealedLegalName, legalNameContext(id)),
    revisions: await exportRevisions(id, db),
    photos: await rows(photos),
    credentials: await rows(credentials),
    trainings: await rows(trainings),
    insurances: await rows(insurances),
    evidence: await exportEvidence(id, db),
    checks: await rows(checks, ...keptOfChecks),
    /** What registers that we read by machine seem to say. */
    registerFindings: await rows(registerFindings, "factsHash", "settledBy"),
    ...(await exportCases({ personId, therapistId: id }, db)),
    ...(await exportMessages(id, db)),
    legalHold: (await db.$count(legalHolds, heldNow(id))) > 0,
  };
}

/** The case that a look belongs to may be one that nobody is told of. */
const keptOfChecks = ["privateNote", "checkerId", "secondReviewerId", "evidenceRef", "caseId"];

/** Why documents are held, and by whom, is between leads and the law. */
function heldNow(therapistId: string) {
  return and(eq(legalHolds.therapistId, therapistId), isNull(legalHolds.liftedAt));
}

/** What documents there are, and the names they had; the documents themselves can be had one by one. */
async function exportEvidence(therapistId: string, db: Db) {
  const { id, sealedName } = evidence;
  const documents = await db
    .select({ id, sealedName, row: without(evidence, "sealedName", "wrappedKey", "storageRef") })
    .from(evidence)
    .where(eq(evidence.therapistId, therapistId));
  return documents.map((document) => ({
    ...document.row,
    // A document that was destroyed has no name any more.
    fileName: document.sealedName && unseal(document.sealedName, nameContext(document.id)),
  }));
}

async function exportRevisions(therapistId: string, db: Db) {
  const { profileRevisions } = profiles;
  const revisions = await db
    .select()
    .from(profileRevisions)
    .where(eq(profileRevisions.therapistId, therapistId))
    .orderBy(profileRevisions.number);
  const ids = revisions.map(({ id }) => id);
  const parts = async (table: PgTable & { revisionId: PgColumn }) => {
    const found = await db.select().from(table).where(inArray(table.revisionId, ids));
    return Map.groupBy(found as { revisionId: string }[], ({ revisionId }) => revisionId);
  };
  const named = {
    topics: await parts(profiles.revisionTopics),
    choices: await parts(profiles.revisionTerms),
    places: await parts(profiles.practiceLocations),
    statements: await parts(profiles.practiceStatements),
    disclosure: await parts(profiles.disclosureCards),
    contactWays: await parts(profiles.contactWays),
  };
  return revisions.map((revision) => ({
    ...revision,
    ...Object.fromEntries(
      Object.entries(named).map(([name, found]) => [name, found.get(revision.id) ?? []]),
    ),
  }));
}

/** The columns of a table but some: a new column is in the file until someone keeps it back. */
function without(table: PgTable, ...keptBack: string[]): Record<string, PgColumn> {
  const columns = Object.entries(getTableColumns(table));
  return Object.fromEntries(columns.filter(([name]) => !keptBack.includes(name)));
}
