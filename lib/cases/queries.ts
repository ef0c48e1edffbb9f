import { and, asc, desc, eq, isNotNull, isNull, type SQL, sql } from "drizzle-orm";
import { type Db, primary } from "#db/client.ts";
import { people } from "#db/schema/accounts.ts";
import { cases, conflictsOfInterest } from "#db/schema/cases.ts";
import { therapists } from "#db/schema/profiles.ts";
import { type CaseKind, type CheckTrack, caseKinds, openCheckStates } from "#db/vocabulary.ts";
import type { Actor } from "#lib/auth/rules.ts";
import { NotFoundError } from "#lib/errors.ts";
import { openTo } from "./access.ts";
import { caseWorkers, tracksFor } from "./rules.ts";
import type { QueueFilters } from "./schema.ts";

/** Cases on one page of the queue. */
export const queuePage = 50;

export type Queue = {
  rows: QueueRow[];
  /** How many there are of each kind by what else was asked; urgent ones apart. */
  counts: { kind: CaseKind; urgent: boolean; count: number }[];
};

export type QueueRow = Awaited<ReturnType<typeof listRows>>[number];

/**
 * The open cases that the actor may look at, by risk to the public: urgent ones first, then by
 * kind, then what lapses first or has waited longest. Two statements, whatever is in it.
 * @throws NotFoundError for whoever does not work on cases
 */
export async function listQueue(
  actor: Actor,
  filters: QueueFilters,
  now: Date = new Date(),
  db: Db = primary(),
): Promise<Queue> {
  if (!caseWorkers.some((role) => actor.roles.includes(role))) throw new NotFoundError();
  const among = inQueue(actor, filters, now);
  const [rows, counts] = await Promise.all([
    listRows(actor, among, { filters, now }, db),
    db
      .select({ kind: cases.kind, urgent: cases.urgent, count: sql<number>`count(*)::integer` })
      .from(cases)
      .where(among)
      .groupBy(cases.kind, cases.urgent),
  ]);
  return { rows, counts };
}

/** What is asked for but for the kind. */
function inQueue(actor: Actor, filters: QueueFilters, now: Date): SQL | undefined {
  const { track, language, jurisdiction, whose, waiting, olderThan } = filters;
  const seen = tracksFor(actor.roles);
  const claimed = sql`${cases.claimedUntil} > ${at(now)} and ${cases.claimedBy} is not null`;
  return and(
    isNull(cases.closedAt),
    openTo(actor),
    // Whoever looks at one track alone has nothing to do where nothing of it is open.
    seen.includes("identity") ? undefined : openLookOf(seen),
    track === null ? undefined : openLookOf([track]),
    language === null ? undefined : sql`${newest("text_locale")} = ${language}`,
    jurisdiction === null
      ? undefined
      : sql`(select true from credentials held where held.therapist_id = ${cases.therapistId}
          and held.stage <> 'retired' and held.jurisdiction = ${jurisdiction} limit 1)`,
    whose === "mine" ? and(claimed, eq(cases.claimedBy, actor.personId)) : undefined,
    whose === "unclaimed" ? sql`(${claimed}) is not true` : undefined,
    waiting === "therapist" ? isNotNull(cases.stoppedAt) : undefined,
    waiting === "us" ? isNull(cases.stoppedAt) : undefined,
    olderThan === null
      ? undefined
      : sql`${cases.openedAt} < ${at(now)} - ${olderThan} * interval '1 day'`,
  );
}

const at = (now: Date) => sql`${now.toISOString()}::timestamptz`;
const listed = (words: readonly string[]) => sql.raw(words.map((word) => `'${word}'`).join(", "));

/** Case by case, as the limit says: for an `exists` Postgres would read everyone's checks first. */
function openLookOf(tracks: readonly CheckTrack[]): SQL {
  return sql`(select true from checks looked where looked.case_id = ${cases.id}
    and looked.state in (${listed(openCheckStates)}) and looked.track in (${listed(tracks)}) limit 1)`;
}

/** Of the revision that its therapist wrote last. */
const newest = (column: "display_name" | "text_locale") =>
  sql<string | null>`(select newest.${sql.raw(column)} from profile_revisions newest
    where newest.therapist_id = ${cases.therapistId} order by newest.number desc limit 1)`;

type Asked = { filters: QueueFilters; now: Date };

function listRows(actor: Actor, among: SQL | undefined, { filters, now }: Asked, db: Db) {
  const { kind, page } = filters;
  const seen = tracksFor(actor.roles);
  const ran = sql`coalesce(${cases.stoppedAt}, ${at(now)}) - ${cases.openedAt}
    - ${cases.stoppedSeconds} * interval '1 second'`;
  const order = [
    desc(cases.urgent),
    sql`array_position(array[${listed(caseKinds)}], ${cases.kind})`,
    sql`case when ${cases.kind} = 'expiring' then ${cases.dueOn} end asc nulls last`,
    sql`${ran} desc`,
    asc(cases.id),
  ];
  // Which ones they are first: what is shown of a case is looked up for those of this page alone.
  const shown = db
    .select({ id: cases.id })
    .from(cases)
    .where(and(among, kind === null ? undefined : eq(cases.kind, kind)))
    .orderBy(...order)
    .limit(queuePage)
    .offset((page - 1) * queuePage)
    .as("shown");
  return db
    .select({
      id: cases.id,
      kind: cases.kind,
      urgent: cases.urgent,
      openedAt: cases.openedAt,
      stoppedAt: cases.stoppedAt,
      stoppedSeconds: cases.stoppedSeconds,
      dueOn: cases.dueOn,
      claimedUntil: cases.claimedUntil,
      /** Null where nobody has claimed it, or the claim has lapsed. */
      claimer: { personId: people.id, name: people.name },
      name: newest("display_name"),
      jurisdictions: sql<string[]>`array(select distinct held.jurisdiction from credentials held
        where held.therapist_id = ${cases.therapistId} and held.stage <> 'retired'
          and held.jurisdiction is not null order by 1)`,
      /** Open looks by track; a track without any is not there. */
      looks: sql<Partial<Record<CheckTrack, number>>>`(
        select coalesce(jsonb_object_agg(open.track, open.looks), '{}') from (
          select looked.track, count(*) as looks from checks looked
          where looked.case_id = ${cases.id} and looked.state in (${listed(openCheckStates)})
            and looked.track in (${listed(seen)}) group by 1) open)`,
      /** Someone else proposed a decision that the actor may answer. */
      wantsSecond: sql<boolean>`exists (select from decisions proposed
        left join checks looked on looked.id = proposed.check_id
        where proposed.case_id = ${cases.id} and proposed.state = 'proposed'
          and proposed.proposed_by <> ${actor.personId} and ${answerable(seen)})`,
    })
    .from(cases)
    .innerJoin(shown, eq(shown.id, cases.id))
    .leftJoin(people, and(eq(people.id, cases.claimedBy), sql`${cases.claimedUntil} > ${at(now)}`))
    .orderBy(...order);
}

/** Those who look at one track alone answer proposals about open looks of it. */
function answerable(seen: readonly CheckTrack[]): SQL {
  if (seen.includes("identity")) return sql`true`;
  return sql`looked.track in (${listed(seen)}) and looked.state in (${listed(openCheckStates)})`;
}

export type Colleague = { personId: string; name: string };

/** Who else can be handed a case: people who may see it, whoever has it now. */
export async function listColleagues(
  actor: Actor,
  therapistId: string,
  db: Db = primary(),
): Promise<Colleague[]> {
  return db
    .select({ personId: people.id, name: people.name })
    .from(people)
    .where(
      and(
        sql`${people.roles} && array[${listed(caseWorkers)}]`,
        sql`${people.id} <> ${actor.personId}`,
        sql`not exists (select from ${therapists} own
          where own.id = ${therapistId} and own.person_id = ${people.id})`,
        sql`not exists (select from ${conflictsOfInterest} known
          where known.therapist_id = ${therapistId} and known.person_id = ${people.id})`,
      ),
    )
    .orderBy(asc(people.name), asc(people.id));
}
