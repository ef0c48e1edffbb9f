import { and, asc, eq, sql } from "drizzle-orm";
import { type Db, primary } from "#db/client.ts";
import { credentials, trainings } from "#db/schema/credentials.ts";
import { profileRevisions, therapists } from "#db/schema/profiles.ts";
import { checks } from "#db/schema/vetting.ts";
import type { Actor } from "#lib/auth/rules.ts";
import { notReplaced } from "#lib/vetting/not-replaced.ts";
import { isOwnToSee, ownFirst } from "./own-revision.ts";
import {
  type ContactWay,
  loadContactWays,
  loadRevisionParts,
  revisionColumns,
} from "./revision-parts.ts";
import { asCurrent, asProposed, type ClaimsShown } from "./standing-claims.ts";
import { listStandingRights } from "./standing-rights.ts";
import { visibleOn } from "./visible.ts";

/** What readers may see of a therapist: columns are listed, so a new private one cannot leak. */
export type PublicProfile = Awaited<ReturnType<typeof loadProfile>>;

/** The live profile behind a slug, if readers may see it today; else null. */
export async function getPublicProfile(
  slug: string,
  today: string,
  db: Db = primary(),
): Promise<PublicProfile | null> {
  const found = await findVisible(slug, today, db);
  return found === undefined ? null : loadProfile(found, asCurrent, db);
}

const slugShape = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;

const profileColumns = {
  id: therapists.id,
  slug: therapists.slug,
  searchEngines: therapists.searchEngines,
  accepting: therapists.accepting,
  nextOpening: therapists.nextOpening,
  confirmedOn: therapists.confirmedOn,
  revisionId: profileRevisions.id,
  ...revisionColumns,
  // Live revisions have all their texts; a draft in its own preview may have none yet.
  name: sql<string>`coalesce(${profileRevisions.displayName}, '')`,
  headline: sql<string>`coalesce(${profileRevisions.headline}, '')`,
  approach: sql<string>`coalesce(${profileRevisions.approach}, '')`,
  about: sql<string>`coalesce(${profileRevisions.about}, '')`,
};

async function findVisible(slug: string, today: string, db: Db) {
  if (slug.length > 200 || !slugShape.test(slug)) return undefined;
  const [found] = await db
    .select(profileColumns)
    .from(therapists)
    .innerJoin(
      profileRevisions,
      and(eq(profileRevisions.therapistId, therapists.id), eq(profileRevisions.state, "live")),
    )
    .where(and(eq(therapists.slug, slug), visibleOn(today)));
  return found;
}

/** The same of the actor's own newest revision, whoever may see it: what readers would get. */
export async function getOwnProfile(
  actor: Actor,
  db: Db = primary(),
): Promise<PublicProfile | null> {
  const [found] = await db
    .select(profileColumns)
    .from(therapists)
    .innerJoin(profileRevisions, eq(profileRevisions.therapistId, therapists.id))
    .where(and(eq(therapists.personId, actor.personId), isOwnToSee))
    .orderBy(...ownFirst)
    .limit(1);
  return found === undefined ? null : loadProfile(found, asAccepted, db);
}

type Found = NonNullable<Awaited<ReturnType<typeof findVisible>>>;

async function loadProfile(found: Found, claims: ClaimsShown, db: Db) {
  const { id, revisionId, ...profile } = found;
  const [parts, courses, held, looks, rights] = await Promise.all([
    loadRevisionParts(revisionId, db),
    db
      .select({
        id: trainings.id,
        kind: trainings.kind,
        provider: trainings.provider,
        title: trainings.title,
        hours: trainings.hours,
        year: trainings.year,
        workerLed: trainings.workerLed,
        evidence: trainings.evidence,
      })
      .from(trainings)
      .where(and(eq(trainings.therapistId, id), claims(trainings)))
      .orderBy(sql`${trainings.year} desc`, asc(trainings.id)),
    db
      .select({
        id: credentials.id,
        typeId: credentials.typeId,
        jurisdiction: credentials.jurisdiction,
        letters: credentials.letters,
        number: credentials.number,
        compactId: credentials.compactId,
        supervised: credentials.supervised,
      })
      .from(credentials)
      .where(
        and(
          eq(credentials.therapistId, id),
          claims(credentials),
          sql`${credentials.withdrawnOn} is null`,
        ),
      )
      .orderBy(asc(credentials.id)),
    publicChecks(id, db),
    listStandingRights([id], db),
  ]);
  return {
    ...profile,
    ...parts,
    trainings: courses,
    credentials: held,
    checks: looks,
    rights: rights.map(({ jurisdiction, until, compactId }) => ({
      jurisdiction,
      until,
      compactId,
    })),
  };
}

/** The record as readers see it: never the private note, the evidence or who the people were. */
function publicChecks(therapistId: string, db: Db) {
  return db
    .select({
      id: checks.id,
      track: checks.track,
      claimType: checks.claimType,
      credentialId: checks.credentialId,
      trainingId: checks.trainingId,
      authority: checks.authority,
      sourceType: checks.sourceType,
      sourceUrl: checks.sourceUrl,
      method: checks.method,
      sourceAsOf: checks.sourceAsOf,
      sourceStatus: checks.sourceStatus,
      state: checks.state,
      conditions: checks.conditions,
      publicNote: checks.publicNote,
      expiresOn: checks.expiresOn,
      checkedOn: checks.checkedOn,
      validUntil: checks.validUntil,
      nextCheckOn: checks.nextCheckOn,
      secondReviewer: sql<boolean>`${checks.secondReviewerId} is not null`,
    })
    .from(checks)
    .where(
      sql`${checks.therapistId} = ${therapistId}
        and ${checks.state} in ('attested', 'in-review', 'needs-info', 'verified',
          'verified-with-conditions', 'unable-to-verify', 'disputed')
        and ${notReplaced(checks.id)}
        and ${ofCurrentClaim}
        and ${ofWhatIsLive}`,
    )
    .orderBy(asc(checks.id));
}

/** As readers would see them once the open revision is accepted: what is to go has gone. */
const asAccepted: ClaimsShown = (claims) =>
  sql`${asProposed(claims)} and not ${claims.retireProposed}`;

/** While new words lie with the moderators, looks that they asked for say nothing of the live ones. */
const ofWhatIsLive = sql`not exists (
    select from cases asked where asked.id = ${checks.caseId} and asked.kind = 'submission'
      and asked.closed_at is null
      and (${checks.claimType} = 'practice-statements'
        or ${checks.state} not in ('verified', 'verified-with-conditions')))`;

/** A look at a claim that stands only in an open revision says nothing of what readers see. */
const ofCurrentClaim = sql`not exists (
    select from ${credentials} where ${credentials.id} = ${checks.credentialId} and ${credentials.stage} <> 'current')
  and not exists (
    select from ${trainings} where ${trainings.id} = ${checks.trainingId} and ${trainings.stage} <> 'current')`;

/** Who is behind a slug, if readers may see them today. */
export async function getVisible(
  slug: string,
  today: string,
  db: Db = primary(),
): Promise<{ id: string; name: string } | null> {
  const found = await findVisible(slug, today, db);
  return found === undefined ? null : { id: found.id, name: found.name };
}

/** The slug of a therapist whom readers may see today, by their id; else null. */
export async function getSlug(
  id: string,
  today: string,
  db: Db = primary(),
): Promise<string | null> {
  if (id.length > 200 || id.includes("\0")) return null;
  const [found] = await db
    .select({ slug: therapists.slug })
    .from(therapists)
    .where(and(eq(therapists.id, id), visibleOn(today)));
  return found?.slug ?? null;
}

/** Ways to reach a therapist whom readers may see today; null when there is no such therapist. */
export async function getContactWays(
  slug: string,
  today: string,
  db: Db = primary(),
): Promise<{ name: string; ways: ContactWay[] } | null> {
  const found = await findVisible(slug, today, db);
  if (found === undefined) return null;
  return { name: found.name, ways: await loadContactWays(found.revisionId, db) };
}
