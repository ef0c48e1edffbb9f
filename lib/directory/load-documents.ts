import { and, eq, inArray, sql } from "drizzle-orm";
import type { Db } from "#db/client.ts";
import { credentials, trainings } from "#db/schema/credentials.ts";
import {
  practiceLocations,
  profileRevisions,
  revisionTerms,
  therapists,
} from "#db/schema/profiles.ts";
import type { SessionFormat } from "#db/vocabulary.ts";
import { acceptingUntil } from "#lib/profiles/rules.ts";
import { listStandingRights, type StandingRight } from "#lib/profiles/standing-rights.ts";
import { visibleUntil } from "#lib/profiles/visible.ts";
import { regionName } from "#lib/reference/queries.ts";
import { isReadersLanguage, trainingCriteria } from "./facet-rules.ts";
import type { CardRight, DirectoryDocument } from "./index-document.ts";
import { namesOfTerms } from "./index-settings.ts";
import { jurisdictionRegions } from "./jurisdiction-regions.ts";
import { reachNumbers } from "./reach-number.ts";
import { dayNumber, reachOf } from "./rules.ts";
import { type FacetKey, facetKeys, isSessionFormat } from "./schema.ts";
import { loadTrackLines } from "./track-lines.ts";

/**
 * Reads the truth about some therapists and writes it as the index holds it.
 * @returns documents of those whom readers may see on some day from now; the others are absent.
 */
export async function loadDocuments(
  therapistIds: readonly string[],
  db: Db,
): Promise<DirectoryDocument[]> {
  if (therapistIds.length === 0) return [];
  const ids = [...therapistIds];
  const revisions = await db
    .select({
      therapistId: therapists.id,
      slug: therapists.slug,
      accepting: therapists.accepting,
      nextOpening: therapists.nextOpening,
      confirmedOn: therapists.confirmedOn,
      visibleUntil,
      revision: profileRevisions,
    })
    .from(therapists)
    .innerJoin(
      profileRevisions,
      and(eq(profileRevisions.therapistId, therapists.id), eq(profileRevisions.state, "live")),
    )
    .where(inArray(therapists.id, ids));
  const revisionIds = revisions.map(({ revision }) => revision.id);
  if (revisionIds.length === 0) return [];

  const [terms, locations, rights, letters, courses, tracks] = await Promise.all([
    db.select().from(revisionTerms).where(inArray(revisionTerms.revisionId, revisionIds)),
    db
      .select()
      .from(practiceLocations)
      .where(inArray(practiceLocations.revisionId, revisionIds))
      .orderBy(practiceLocations.id),
    listStandingRights(ids, db),
    db
      .select({ therapistId: credentials.therapistId, letters: credentials.letters })
      .from(credentials)
      .where(
        and(
          inArray(credentials.therapistId, ids),
          eq(credentials.stage, "current"),
          sql`${credentials.withdrawnOn} is null`,
        ),
      )
      .orderBy(credentials.id),
    db
      .select()
      .from(trainings)
      .where(and(inArray(trainings.therapistId, ids), eq(trainings.stage, "current")))
      .orderBy(trainings.id),
    loadTrackLines(ids, db),
  ]);
  const termsOf = Map.groupBy(terms, (term) => term.revisionId);
  const locationsOf = Map.groupBy(locations, (location) => location.revisionId);
  const rightsOf = Map.groupBy(rights, (right) => right.therapistId);
  const lettersOf = Map.groupBy(letters, (credential) => credential.therapistId);
  const coursesOf = Map.groupBy(courses, (course) => course.therapistId);

  return revisions.flatMap((row) => {
    if (row.visibleUntil === null) return [];
    const { revision, therapistId } = row;
    const chosen = termsOf.get(revision.id) ?? [];
    const rooms = locationsOf.get(revision.id) ?? [];
    const held = rightsOf.get(therapistId) ?? [];
    const taken = coursesOf.get(therapistId) ?? [];
    const idsOf = (kind: FacetKey) =>
      chosen.filter((term) => term.kind === kind).map((term) => term.termId);
    const formats = idsOf("format").filter(isSessionFormat);
    const facets = {
      ...Object.fromEntries(facetKeys.map((key) => [key, idsOf(key)])),
      format: formats,
      language: chosen.filter(isReadersLanguage).map((term) => term.termId),
      training: trainingCriteria(taken),
    } as Record<Exclude<FacetKey, "format">, string[]> & { format: SessionFormat[] };

    const document: DirectoryDocument = {
      id: therapistId,
      therapistId,
      main: true,
      slug: row.slug,
      name: revision.displayName ?? "",
      letters: [...new Set((lettersOf.get(therapistId) ?? []).map((each) => each.letters))],
      pronouns: revision.pronouns,
      photoId: revision.photoId,
      headline: revision.headline ?? "",
      textLocale: revision.textLocale,
      accepting: row.accepting,
      nextOpening: row.nextOpening,
      confirmedOn: row.confirmedOn,
      cities: rooms.map(({ city, region }) => ({ city, region })),
      fees: feesOf(revision),
      rights: cardRights(held),
      ...(tracks.get(therapistId) ?? {
        identityCheck: null,
        safetyCheck: null,
        affirmingCheck: null,
      }),
      ...facets,
      visibleUntil: dayNumber(row.visibleUntil),
      acceptingUntil: dayNumber(acceptingUntil(row) ?? "0000-00-00"),
      confirmed: dayNumber(row.confirmedOn),
      reach: reachNumbers(
        reachOf(
          {
            rights: held,
            formats,
            inPersonRegions: rooms.map((room) => room.region),
          },
          { regionsOf: jurisdictionRegions },
        ),
      ),
      shuffle: shuffleOf(therapistId),
      modalityWords: namesOfTerms("modality", facets.modality),
      concernWords: namesOfTerms("concern", facets.concern),
      approach: revision.approach ?? "",
      trainingWords: taken.flatMap((course) => [course.title, course.provider]),
      otherWords: [
        ...namesOfTerms("work", facets.work),
        ...namesOfTerms("language", facets.language),
        ...namesOfTerms("format", facets.format),
        ...rooms.flatMap((room) => [room.city, regionName(room.region, "en")]),
      ],
    };
    const [first, ...others] = rooms;
    if (first === undefined) return [document];
    return [
      { ...document, _geo: { lat: first.lat, lng: first.lon } },
      ...others.map((room, position) => ({
        ...document,
        id: `${therapistId}_${position + 2}`,
        main: false,
        _geo: { lat: room.lat, lng: room.lon },
      })),
    ];
  });
}

function cardRights(rights: readonly StandingRight[]): CardRight[] {
  return rights.map(({ jurisdiction, letters, checkedOn, until }) => ({
    jurisdiction,
    letters,
    checkedOn,
    until,
  }));
}

function feesOf(revision: typeof profileRevisions.$inferSelect): DirectoryDocument["fees"] {
  const { feeMin, feeMax, feeCurrency, feeMinutes, slidingMin } = revision;
  if (feeMin === null || feeMax === null || feeCurrency === null || feeMinutes === null)
    return null;
  return { min: feeMin, max: feeMax, currency: feeCurrency, minutes: feeMinutes, slidingMin };
}

/** A number from an id, spread evenly (FNV-1a): the same in every process and at every reindex. */
function shuffleOf(id: string): number {
  let hash = 0x811c9dc5;
  for (const char of id) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  return hash;
}
