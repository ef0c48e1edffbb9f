import { and, desc, eq, sql } from "drizzle-orm";
import { type Db, primary } from "#db/client.ts";
import { people } from "#db/schema/accounts.ts";
import { cases } from "#db/schema/cases.ts";
import { profileRevisions, therapists } from "#db/schema/profiles.ts";
import type { DecisionAction } from "#db/vocabulary.ts";
import type { Actor } from "#lib/auth/rules.ts";
import { claimedBy } from "#lib/cases/access.ts";
import { type Colleague, listColleagues } from "#lib/cases/queries.ts";
import { tracksFor } from "#lib/cases/rules.ts";
import { getStanding } from "#lib/decisions/queries.ts";
import { type AcceptBlocker, blockersOf } from "#lib/decisions/rules.ts";
import { actionsOn, mayDecide } from "#lib/decisions/transitions.ts";
import { NotFoundError } from "#lib/errors.ts";
import { type EditorView, getRevisionView } from "#lib/revisions/queries.ts";
import type { Day } from "#lib/vetting/rules.ts";
import { mayOpen, seesAll } from "./access.ts";
import { type ClaimConflict, loadConflicts } from "./load-conflicts.ts";
import {
  type AskedItemView,
  loadItems,
  loadMessages,
  type MessageView,
} from "./load-correspondence.ts";
import { type AppealView, type DecisionLine, loadAppeal, loadDecisions } from "./load-decisions.ts";
import { type CaseDocument, loadDocuments } from "./load-documents.ts";
import { type LookedAt, loadLooks } from "./load-looks.ts";
import { fieldsOf } from "./profile-fields.ts";
import { type Difference, differences } from "./rules.ts";

export type CaseFile = {
  case: CaseHead;
  /** What was sent, or stands: missing before a word is written. */
  profile: Profile | null;
  /** What was sent against what readers see; empty where nothing was sent. */
  differences: Difference[];
  /** Readers see nothing of it yet: everything is new. */
  isFirst: boolean;
  claims: LookedAt[];
  /** About this therapist in any case, newest first. */
  decisions: DecisionLine[];
  /** What the actor can decide on the revision, the listing or the appeal. */
  actions: DecisionAction[];
  /** Why what was sent cannot be accepted yet. */
  blockers: AcceptBlocker[];
  /** Who else could have it. */
  colleagues: Colleague[];
  /** Null unless the actor has claimed the case. */
  details: CaseDetails | null;
};

export type CaseHead = Awaited<ReturnType<typeof findCase>>;

type Profile = Pick<EditorView, "statements" | "trainings"> & {
  textLocale: "en" | "es";
  submittedAt: Date | null;
  photoId: string | null;
};

/** For whoever has claimed the case alone; for reviewers of one track only what belongs to it. */
export type CaseDetails = {
  legalName: string | null;
  documents: CaseDocument[];
  items: AskedItemView[];
  messages: MessageView[];
  conflicts: ClaimConflict[];
  appeal: AppealView | null;
};

/** Everything about a case that the actor may see. @throws NotFoundError when it is not theirs */
export async function getCaseFile(
  actor: Actor,
  caseId: string,
  today: Day,
  db: Db = primary(),
): Promise<CaseFile> {
  const head = await findCase(actor, caseId, db);
  const { therapistId } = head;
  const tracks = tracksFor(actor.roles);
  const [revisions, claims, decisions, colleagues, standing] = await Promise.all([
    loadRevisions(head, db),
    loadLooks({ therapistId, caseId, tracks }, db),
    loadDecisions(therapistId, tracks, db),
    head.mine ? listColleagues(actor, therapistId, db) : [],
    head.kind === "submission" ? getStanding({ therapistId, caseId }, today, db) : null,
  ]);
  const { sent, live } = revisions;
  const shown = sent ?? live;
  return {
    case: head,
    profile: shown && profileOf(shown),
    differences: sent ? differencesOf(actor, live, sent) : [],
    isFirst: live === null,
    claims: claims.map((claim) => (head.mine ? claim : withoutNotes(claim))),
    decisions: head.mine ? decisions : decisions.map(withoutRecord),
    actions: actionsFor(actor, head),
    blockers: standing ? blockersOf(standing, actor.personId) : [],
    colleagues,
    details: head.mine ? await loadDetails(actor, head, shown?.legalName ?? null, db) : null,
  };
}

async function findCase(actor: Actor, caseId: string, db: Db) {
  const [found] = await db
    .select({
      id: cases.id,
      kind: cases.kind,
      urgent: cases.urgent,
      therapistId: cases.therapistId,
      revisionId: cases.revisionId,
      openedAt: cases.openedAt,
      stoppedAt: cases.stoppedAt,
      stoppedSeconds: cases.stoppedSeconds,
      dueOn: cases.dueOn,
      closedAt: cases.closedAt,
      outcome: cases.outcome,
      claimedUntil: cases.claimedUntil,
      /** Null where nobody has claimed it, or the claim has lapsed. */
      claimer: people.name,
      mine: sql<boolean>`coalesce(${claimedBy(actor)}, false)`,
      slug: therapists.slug,
      listingState: therapists.listingState,
      name: sql<string | null>`(select newest.display_name from profile_revisions newest
        where newest.therapist_id = ${cases.therapistId} order by newest.number desc limit 1)`,
      revisionState: profileRevisions.state,
    })
    .from(cases)
    .innerJoin(therapists, eq(therapists.id, cases.therapistId))
    .leftJoin(profileRevisions, eq(profileRevisions.id, cases.revisionId))
    .leftJoin(people, and(eq(people.id, cases.claimedBy), sql`${cases.claimedUntil} > now()`))
    .where(and(eq(cases.id, caseId), mayOpen(actor)));
  if (!found) throw new NotFoundError();
  return found;
}

async function loadRevisions({ therapistId, revisionId }: CaseHead, db: Db) {
  const [current] = await db
    .select({ id: profileRevisions.id })
    .from(profileRevisions)
    .where(and(eq(profileRevisions.therapistId, therapistId), eq(profileRevisions.state, "live")))
    .orderBy(desc(profileRevisions.number))
    .limit(1);
  const view = async (id: string | null | undefined) =>
    id ? await getRevisionView(therapistId, id, db) : null;
  const [sent, live] = await Promise.all([
    revisionId === current?.id ? null : view(revisionId),
    view(current?.id),
  ]);
  return { sent, live };
}

function profileOf({ revision, statements, trainings }: EditorView): Profile | null {
  if (!revision) return null;
  const { textLocale, submittedAt, photoId } = revision;
  return { textLocale, submittedAt, photoId, statements, trainings };
}

function differencesOf(actor: Actor, live: EditorView | null, sent: EditorView): Difference[] {
  const shown = { licences: seesAll(actor) };
  return differences(live ? fieldsOf(live, shown) : [], fieldsOf(sent, shown));
}

function withoutNotes({ now, open, earlier }: LookedAt): LookedAt {
  const bare = <L extends LookedAt["now"]>(look: L) => ({ ...look, privateNote: null });
  return { now: bare(now), open, earlier: earlier.map(bare) };
}

function withoutRecord(decision: DecisionLine): DecisionLine {
  return { ...decision, record: null };
}

function actionsFor(actor: Actor, head: CaseHead): DecisionAction[] {
  if (head.closedAt) return [];
  const { kind, listingState, revisionState } = head;
  return [
    ...(revisionState ? actionsOn("revision", revisionState, kind) : []),
    ...actionsOn("listing", listingState, kind),
    ...actionsOn("appeal", "open", kind),
  ].filter((action) => mayDecide(actor.roles, action, null));
}

async function loadDetails(
  actor: Actor,
  { id, therapistId }: CaseHead,
  legalName: string | null,
  db: Db,
): Promise<CaseDetails> {
  const all = seesAll(actor);
  const tracks = tracksFor(actor.roles);
  const [documents, items, messages, conflicts, appeal] = await Promise.all([
    loadDocuments(therapistId, { all }, db),
    loadItems(id, tracks, db),
    // What others wrote may name what someone of one track is not to see.
    loadMessages(id, all ? null : actor.personId, db),
    all ? loadConflicts(therapistId, db) : [],
    all ? loadAppeal(id, db) : null,
  ]);
  return { legalName: all ? legalName : null, documents, items, messages, conflicts, appeal };
}
