import { randomUUID } from "node:crypto";
import { eq, getTableName } from "drizzle-orm";
import type { Db } from "#db/client.ts";
import { totpSecrets } from "#db/schema/accounts.ts";
import { cases } from "#db/schema/cases.ts";
import { appeals, caseItems, caseMessages, decisions } from "#db/schema/decisions.ts";
import { abuseNotes } from "#db/schema/enquiries.ts";
import { legalHolds } from "#db/schema/evidence.ts";
import { mails } from "#db/schema/mails.ts";
import { therapists } from "#db/schema/profiles.ts";
import { registerFindings, registerSources } from "#db/schema/registers.ts";
import { reports } from "#db/schema/reports.ts";
import { totpContext } from "#lib/auth/confirm-totp.ts";
import { answerContext, appealContext, itemContext, messageContext } from "#lib/cases/rules.ts";
import { mailContext } from "#lib/email/enqueue-mail.ts";
import { abuseContext } from "#lib/enquiries/rules.ts";
import { keyContext, nameContext } from "#lib/evidence/rules.ts";
import { reasonContext } from "#lib/holds/rules.ts";
import { sealFacts } from "#lib/registers/seal-facts.ts";
import { reportContext } from "#lib/reports/receive-report.ts";
import { legalNameContext } from "#lib/revisions/queries.ts";
import { keptHash } from "#lib/sealing/kept-hash.ts";
import { seal } from "#lib/sealing/seal.ts";
import { makeDocument, makeLicensed } from "./people.ts";

/** Stands in everything that is planted. */
export const canary = "sealed-canary";

/**
 * One of everything that is sealed with the master key, about a new therapist, each with words that
 * name its place. @returns the therapist's id
 */
export async function plantSealed(db: Db): Promise<string> {
  const { therapistId, personId } = await makeLicensed(db);
  const words = (table: Parameters<typeof getTableName>[0], column: string) =>
    `${canary} ${getTableName(table)}.${column}`;
  const [caseId, item, message, appealCase, decision, report, note, mail, hold, document] =
    Array.from({ length: 10 }, () => randomUUID()) as [string, ...string[]] &
      Record<number, string>;
  const id = (given: string | undefined) => given ?? "";
  await db
    .update(therapists)
    .set({
      sealedLegalName: seal(words(therapists, "sealed_legal_name"), legalNameContext(therapistId)),
    })
    .where(eq(therapists.id, therapistId));
  const sealedSecret = seal(words(totpSecrets, "sealed_secret"), totpContext(personId));
  await db.insert(totpSecrets).values({ personId, sealedSecret });
  await db.insert(cases).values([
    { id: caseId, therapistId, kind: "complaint" },
    { id: id(appealCase), therapistId, kind: "appeal" },
  ]);
  await db.insert(caseItems).values({
    id: id(item),
    caseId,
    sealedQuestion: seal(words(caseItems, "sealed_question"), itemContext(id(item))),
    sealedAnswer: seal(words(caseItems, "sealed_answer"), answerContext(id(item))),
    askedBy: personId,
    answeredAt: new Date(),
  });
  await db.insert(caseMessages).values({
    id: id(message),
    caseId,
    kind: "private-note",
    writtenBy: personId,
    sealedBody: seal(words(caseMessages, "sealed_body"), messageContext(id(message))),
  });
  await db.insert(decisions).values({
    id: id(decision),
    therapistId,
    caseId,
    subject: "listing",
    action: "hide",
    people: 1,
    proposedBy: personId,
    state: "proposed",
    reason: "planted",
  });
  await db.insert(appeals).values({
    caseId: id(appealCase),
    decisionId: id(decision),
    sealedWords: seal(words(appeals, "sealed_words"), appealContext(id(appealCase))),
  });
  await db.insert(reports).values({
    id: id(report),
    therapistId,
    caseId,
    kind: "harm",
    receivedOn: "2026-11-23",
    sealedWords: seal(words(reports, "sealed_words"), reportContext(id(report))),
    sameWords: keptHash(id(report), "same-report"),
  });
  await db.insert(abuseNotes).values({
    id: id(note),
    therapistId,
    receivedOn: "2026-11-23",
    sealedWords: seal(words(abuseNotes, "sealed_words"), abuseContext(id(note))),
  });
  await db.insert(mails).values({
    id: id(mail),
    personId,
    kind: "sign-in",
    locale: "en",
    sealedBody: seal(words(mails, "sealed_body"), mailContext(id(mail))),
  });
  await db.insert(legalHolds).values({
    id: id(hold),
    therapistId,
    sealedReason: seal(words(legalHolds, "sealed_reason"), reasonContext(id(hold))),
    setBy: personId,
  });
  await makeDocument(db, {
    id: id(document),
    therapistId,
    sealedName: seal(`${canary} evidence.sealed_name`, nameContext(id(document))),
    wrappedKey: seal(`${canary} evidence.wrapped_key`, keyContext(id(document))),
  });
  await db.insert(registerSources).values({ id: "planted" }).onConflictDoNothing();
  await db.insert(registerFindings).values({
    therapistId,
    sourceId: "planted",
    strength: "number",
    facts: sealFacts(therapistId, { name: words(registerFindings, "facts") }),
    factsHash: keptHash(therapistId, "register-finding"),
  });
  return therapistId;
}
