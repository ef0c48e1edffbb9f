import { and, asc, desc, eq, type SQL, sql } from "drizzle-orm";
import { type Db, primary } from "#db/client.ts";
import { credentials, insurances, trainings } from "#db/schema/credentials.ts";
import { profileRevisions, revisionTopics, therapists } from "#db/schema/profiles.ts";
import type { ProfileTopic, TermKind } from "#db/vocabulary.ts";
import type { Actor } from "#lib/auth/rules.ts";
import { isOwnToSee, ownFirst } from "#lib/profiles/own-revision.ts";
import {
  loadContactWays,
  loadRevisionParts,
  revisionColumns,
} from "#lib/profiles/revision-parts.ts";
import { asCurrent, asProposed, type ClaimsShown } from "#lib/profiles/standing-claims.ts";
import { unseal } from "#lib/sealing/seal.ts";

/** Everything that a therapist's own pages show of what they wrote. */
export type EditorView = Parts & {
  therapist: Omit<Therapist, "sealedLegalName"> | null;
  legalName: string | null;
  /** Missing before a word is written. */
  revision: Revision | undefined;
};

/**
 * The actor's open or submitted revision, else the live one, else one that was refused, with all
 * its parts.
 * Claims are those that the revision would show: proposed ones in the place of what they replace.
 */
export async function getEditorView(actor: Actor, db: Db = primary()): Promise<EditorView> {
  const therapist = await findTherapist(eq(therapists.personId, actor.personId), db);
  if (!therapist) return empty;
  const revision = await newestRevision(therapist.id, isOwnToSee, db);
  return viewOf(therapist, revision, asProposed, db);
}

/**
 * The same of any therapist and any revision of theirs, for those who look at what was sent; null
 * when there is no such revision. A live one has the claims that readers see today.
 */
export async function getRevisionView(
  therapistId: string,
  revisionId: string,
  db: Db = primary(),
): Promise<EditorView | null> {
  const therapist = await findTherapist(eq(therapists.id, therapistId), db);
  const revision = await newestRevision(therapistId, eq(profileRevisions.id, revisionId), db);
  if (!therapist || !revision) return null;
  return viewOf(therapist, revision, revision.state === "live" ? asCurrent : asProposed, db);
}

type Therapist = NonNullable<Awaited<ReturnType<typeof findTherapist>>>;
type Revision = NonNullable<Awaited<ReturnType<typeof newestRevision>>>;

async function viewOf(
  { sealedLegalName, ...therapist }: Therapist,
  revision: Revision | undefined,
  claims: ClaimsShown,
  db: Db,
): Promise<EditorView> {
  const { id } = therapist;
  const legalName = sealedLegalName && unseal(sealedLegalName, legalNameContext(id));
  if (!revision) return { ...empty, therapist, legalName };
  return { therapist, legalName, revision, ...(await partsOf(id, revision.id, claims, db)) };
}

async function findTherapist(whose: SQL, db: Db) {
  const [found] = await db
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
    .where(whose);
  return found;
}

export function legalNameContext(therapistId: string): string {
  return `legal-name:${therapistId}`;
}

/** While something is open it is the newest: that is what people work on. */
async function newestRevision(therapistId: string, which: SQL, db: Db) {
  const [revision] = await db
    .select({
      id: profileRevisions.id,
      number: profileRevisions.number,
      state: profileRevisions.state,
      ...revisionColumns,
      displayName: profileRevisions.displayName,
      headline: profileRevisions.headline,
      approach: profileRevisions.approach,
      about: profileRevisions.about,
      submittedAt: profileRevisions.submittedAt,
      hasLive: sql<boolean>`exists (
        select from profile_revisions live
        where live.therapist_id = ${therapistId} and live.state = 'live')`,
    })
    .from(profileRevisions)
    .where(and(eq(profileRevisions.therapistId, therapistId), which))
    .orderBy(...ownFirst)
    .limit(1);
  return revision;
}

async function partsOf(therapistId: string, revisionId: string, shown: ClaimsShown, db: Db) {
  const [topics, parts, contacts, claims] = await Promise.all([
    db
      .select({ topic: revisionTopics.topic, version: revisionTopics.version })
      .from(revisionTopics)
      .where(eq(revisionTopics.revisionId, revisionId)),
    loadRevisionParts(revisionId, db),
    loadContactWays(revisionId, db),
    loadClaims(therapistId, shown, db),
  ]);
  const versions: Partial<Record<ProfileTopic, number>> = Object.fromEntries(
    topics.map(({ topic, version }) => [topic, version]),
  );
  return { versions, ...parts, contacts, ...claims };
}

/** Licences, trainings and insurance as the open revision would have them. */
export function claimsOf(therapistId: string, db: Db) {
  return loadClaims(therapistId, asProposed, db);
}

async function loadClaims(therapistId: string, shown: ClaimsShown, db: Db) {
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
          shown(credentials),
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
      .where(and(eq(trainings.therapistId, therapistId), shown(trainings)))
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
  return { credentials: held, trainings: courses, insurance: insurance ?? null };
}

export type ClaimedCredential = EditorView["credentials"][number];
export type ClaimedTraining = EditorView["trainings"][number];

type Parts = Awaited<ReturnType<typeof partsOf>>;

const empty: EditorView = {
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
