import { asc, eq } from "drizzle-orm";
import type { Db } from "#db/client.ts";
import {
  contactWays,
  disclosureCards,
  practiceLocations,
  practiceStatements,
  profileRevisions,
  revisionTerms,
} from "#db/schema/profiles.ts";
import type { ContactKind } from "#db/vocabulary.ts";

/** What readers may see of a revision's own row as it stands there, a draft or not. */
export const revisionColumns = {
  registerNameNote: profileRevisions.registerNameNote,
  pronouns: profileRevisions.pronouns,
  textLocale: profileRevisions.textLocale,
  feeMin: profileRevisions.feeMin,
  feeMax: profileRevisions.feeMax,
  feeCurrency: profileRevisions.feeCurrency,
  feeMinutes: profileRevisions.feeMinutes,
  slidingMin: profileRevisions.slidingMin,
  slidingPlacesOpen: profileRevisions.slidingPlacesOpen,
  photoId: profileRevisions.photoId,
};

/** What a revision says beside its own row, but for the ways to reach someone. */
export async function loadRevisionParts(revisionId: string, db: Db) {
  const [terms, locations, statements, [disclosure]] = await Promise.all([
    db
      .select({
        kind: revisionTerms.kind,
        id: revisionTerms.termId,
        level: revisionTerms.level,
        detail: revisionTerms.detail,
      })
      .from(revisionTerms)
      .where(eq(revisionTerms.revisionId, revisionId))
      .orderBy(asc(revisionTerms.kind), asc(revisionTerms.termId)),
    db
      .select({
        precision: practiceLocations.precision,
        region: practiceLocations.region,
        city: practiceLocations.city,
        postcode: practiceLocations.postcode,
        address: practiceLocations.address,
      })
      .from(practiceLocations)
      .where(eq(practiceLocations.revisionId, revisionId))
      .orderBy(asc(practiceLocations.id)),
    db
      .select({
        id: practiceStatements.statementId,
        answer: practiceStatements.answer,
        words: practiceStatements.words,
      })
      .from(practiceStatements)
      .where(eq(practiceStatements.revisionId, revisionId))
      .orderBy(asc(practiceStatements.statementId)),
    db
      .select({
        reporting: disclosureCards.reporting,
        notes: disclosureCards.notes,
        diagnosis: disclosureCards.diagnosis,
        legalName: disclosureCards.legalName,
        billingWords: disclosureCards.billingWords,
        subpoenas: disclosureCards.subpoenas,
      })
      .from(disclosureCards)
      .where(eq(disclosureCards.revisionId, revisionId)),
  ]);
  return { terms, locations, statements, disclosure: disclosure ?? null };
}

export type ContactWay = { kind: ContactKind; value: string; note: string | null };

/** Ways to reach someone, in their own order; apart, since readers ask for them a step later. */
export function loadContactWays(revisionId: string, db: Db): Promise<ContactWay[]> {
  return db
    .select({ kind: contactWays.kind, value: contactWays.value, note: contactWays.note })
    .from(contactWays)
    .where(eq(contactWays.revisionId, revisionId))
    .orderBy(asc(contactWays.position));
}
