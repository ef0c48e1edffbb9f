import { and, asc, desc, eq, inArray, ne, sql } from "drizzle-orm";
import { type Db, primary } from "#db/client.ts";
import { credentials, insurances, trainings } from "#db/schema/credentials.ts";
import {
  contactWays,
  disclosureCards,
  practiceLocations,
  practiceStatements,
  profileRevisions,
  revisionTerms,
  revisionTopics,
  therapists,
} from "#db/schema/profiles.ts";
import type { ProfileTopic, TermKind } from "#db/vocabulary.ts";
import type { Actor } from "#lib/auth/rules.ts";
import { unseal } from "#lib/sealing/seal.ts";

/** Everything that a therapist's own pages show of what they wrote; `revision` null before a word. */
export type EditorView = Awaited<ReturnType<typeof getEditorView>>;

/**
 * The actor's open or submitted revision, else the live one, with all its parts.
 * Claims are those that the revision would show: proposed ones in the place of what they replace.
 */
export async function getEditorView(actor: Actor, db: Db = primary()) {
  const [own] = await db
    .select({
      id: therapists.id,
      slug: therapists.slug,
      listingState: therapists.listingState,
      accepting: therapists.accepting,
      nextOpening: therapists.nextOpening,
      confirmedOn: therapists.confirmedOn,
      searchEngines: therapists.searchEngines,
      consentedAt: therapists.consentedAt,
      sealedLegalName: therapists.sealedLegalName,
    })
    .from(therapists)
    .where(eq(therapists.personId, actor.personId));
  if (!own) return empty;
  const { sealedLegalName, ...therapist } = own;
  const legalName = sealedLegalName && unseal(sealedLegalName, legalNameContext(own.id));
  const revision = await currentRevision(own.id, db);
  if (!revision) return { ...empty, therapist, legalName };
  return { therapist, legalName, revision, ...(await partsOf(own.id, revision.id, db)) };
}

export function legalNameContext(therapistId: string): string {
  return `legal-name:${therapistId}`;
}

const shownStates = ["draft", "changes-requested", "submitted", "live"] as const;

/** The newest one that is not history: while something is open, that is what people work on. */
async function currentRevision(therapistId: string, db: Db) {
  const [revision] = await db
    .select({
      id: profileRevisions.id,
      number: profileRevisions.number,
      state: profileRevisions.state,
      displayName: profileRevisions.displayName,
      registerNameNote: profileRevisions.registerNameNote,
      pronouns: profileRevisions.pronouns,
      textLocale: profileRevisions.textLocale,
      headline: profileRevisions.headline,
      approach: profileRevisions.approach,
      about: profileRevisions.about,
      feeMin: profileRevisions.feeMin,
      feeMax: profileRevisions.feeMax,
      feeCurrency: profileRevisions.feeCurrency,
      feeMinutes: profileRevisions.feeMinutes,
      slidingMin: profileRevisions.slidingMin,
      slidingPlacesOpen: profileRevisions.slidingPlacesOpen,
      photoId: profileRevisions.photoId,
      submittedAt: profileRevisions.submittedAt,
      hasLive: sql<boolean>`exists (
        select from profile_revisions live
        where live.therapist_id = ${therapistId} and live.state = 'live')`,
    })
    .from(profileRevisions)
    .where(
      and(
        eq(profileRevisions.therapistId, therapistId),
        inArray(profileRevisions.state, [...shownStates]),
      ),
    )
    .orderBy(desc(profileRevisions.number))
    .limit(1);
  return revision;
}

async function partsOf(therapistId: string, revisionId: string, db: Db) {
  const [topics, terms, locations, statements, [disclosure], contacts, claims] = await Promise.all([
    db
      .select({ topic: revisionTopics.topic, version: revisionTopics.version })
      .from(revisionTopics)
      .where(eq(revisionTopics.revisionId, revisionId)),
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
      .where(eq(practiceStatements.revisionId, revisionId)),
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
    db
      .select({ kind: contactWays.kind, value: contactWays.value, note: contactWays.note })
      .from(contactWays)
      .where(eq(contactWays.revisionId, revisionId))
      .orderBy(asc(contactWays.position)),
    claimsOf(therapistId, db),
  ]);
  const versions: Partial<Record<ProfileTopic, number>> = Object.fromEntries(
    topics.map(({ topic, version }) => [topic, version]),
  );
  return {
    versions,
    terms,
    locations,
    statements,
    disclosure: disclosure ?? null,
    contacts,
    ...claims,
  };
}

/** Licences, trainings and insurance as the open revision would have them. */
export async function claimsOf(therapistId: string, db: Db) {
  const [held, courses, [insurance]] = await Promise.all([
    db
      .select({
        id: credentials.id,
        typeId: credentials.typeId,
        jurisdiction: credentials.jurisdiction,
        basis: credentials.basis,
        compactId: credentials.compactId,
        letters: credentials.letters,
        number: credentials.number,
        expiresOn: credentials.expiresOn,
        supervised: credentials.supervised,
        supervisorName: credentials.supervisorName,
        supervisorNumber: credentials.supervisorNumber,
        claimVersion: credentials.claimVersion,
        stage: credentials.stage,
        replacesId: credentials.replacesId,
        retireProposed: credentials.retireProposed,
      })
      .from(credentials)
      .where(
        and(
          eq(credentials.therapistId, therapistId),
          ne(credentials.stage, "retired"),
          sql`${credentials.withdrawnOn} is null`,
        ),
      )
      .orderBy(asc(credentials.id)),
    db
      .select({
        id: trainings.id,
        catalogueId: trainings.catalogueId,
        kind: trainings.kind,
        provider: trainings.provider,
        title: trainings.title,
        hours: trainings.hours,
        year: trainings.year,
        finishedOn: trainings.finishedOn,
        topics: trainings.topics,
        workerLed: trainings.workerLed,
        evidence: trainings.evidence,
        expiresOn: trainings.expiresOn,
        claimVersion: trainings.claimVersion,
        stage: trainings.stage,
        replacesId: trainings.replacesId,
        retireProposed: trainings.retireProposed,
      })
      .from(trainings)
      .where(and(eq(trainings.therapistId, therapistId), ne(trainings.stage, "retired")))
      .orderBy(desc(trainings.year), asc(trainings.id)),
    db
      .select({
        insurer: insurances.insurer,
        expiresOn: insurances.expiresOn,
        claimVersion: insurances.claimVersion,
      })
      .from(insurances)
      .where(eq(insurances.therapistId, therapistId)),
  ]);
  return {
    credentials: withoutReplaced(held),
    trainings: withoutReplaced(courses),
    insurance: insurance ?? null,
  };
}

/** A claim that a proposed one takes the place of is not shown beside it. */
function withoutReplaced<C extends { id: string; replacesId: string | null }>(claims: C[]): C[] {
  const replaced = new Set(claims.map(({ replacesId }) => replacesId));
  return claims.filter(({ id }) => !replaced.has(id));
}

export type ClaimedCredential = EditorView["credentials"][number];
export type ClaimedTraining = EditorView["trainings"][number];

type Parts = Awaited<ReturnType<typeof partsOf>>;
type Therapist = Omit<
  typeof therapists.$inferSelect,
  "personId" | "createdAt" | "sealedLegalName" | "confirmationRound" | "remindedOn"
>;

const empty: Parts & {
  therapist: Therapist | null;
  legalName: string | null;
  revision: NonNullable<Awaited<ReturnType<typeof currentRevision>>> | undefined;
} = {
  therapist: null,
  legalName: null,
  revision: undefined,
  versions: {},
  terms: [],
  locations: [],
  statements: [],
  disclosure: null,
  contacts: [],
  credentials: [],
  trainings: [],
  insurance: null,
};

/** Ids of what was chosen of a kind. */
export function chosen(view: Pick<EditorView, "terms">, kind: TermKind): string[] {
  return view.terms.filter((term) => term.kind === kind).map((term) => term.id);
}
