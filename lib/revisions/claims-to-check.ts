import { createHash } from "node:crypto";
import { and, eq, inArray, sql } from "drizzle-orm";
import { type Db, primary } from "#db/client.ts";
import { practiceStatements, profileRevisions } from "#db/schema/profiles.ts";
import { checks } from "#db/schema/vetting.ts";
import { affirmativeCheckStates, type CheckTrack, type ClaimType } from "#db/vocabulary.ts";
import { findCredentialType } from "#lib/reference/queries.ts";
import { hashesUnder, keptHash, listHashKeys } from "#lib/sealing/kept-hash.ts";
import { notReplaced } from "#lib/vetting/not-replaced.ts";
import { isCurrent } from "#lib/vetting/rules.ts";
import type { EditorView } from "./queries.ts";

/** One thing that moderators will look at if the revision is sent as it is now. */
export type ClaimToCheck = {
  track: CheckTrack;
  claimType: ClaimType;
  credentialId: string | null;
  trainingId: string | null;
  claimVersion: number;
  jurisdiction: string | null;
  /** The claim as it stands, for the record of the check. */
  claim: Record<string, string | number | boolean | null>;
  /** Never checked before, changed since, or the last look has lapsed. */
  why: "new" | "changed" | "lapsed";
};

/** Which claims need a look, and no others: what was checked and did not change stays checked. */
export async function listClaimsToCheck(
  view: EditorView,
  today: string,
  db: Db = primary(),
): Promise<ClaimToCheck[]> {
  const { therapist, revision } = view;
  if (!therapist || !revision) return [];
  const looks = await markedAsToday(await standingLooks(therapist.id, db), view.legalName, db);
  const claims = [...claimsIn(view)];
  const statementsChanged = await haveStatementsChanged(view, db);
  return claims.flatMap(({ replaces, ...claim }) => {
    const about = looks.filter((each) => isAbout(each, claim));
    const look = about.find((each) => !isMarkedOtherwise(each, claim)) ?? about[0];
    const why = whyOf(claim, look, { replaces, statementsChanged, today });
    return why ? [{ ...claim, why }] : [];
  });
}

type Look = Awaited<ReturnType<typeof standingLooks>>[number];
type About = Pick<ClaimToCheck, "claimType" | "credentialId" | "trainingId">;

/** Whether a look is at that claim, in whatever version. */
export function isAbout(look: About, { claimType, credentialId, trainingId }: About): boolean {
  if (look.claimType !== claimType) return false;
  if (claimType === "credential") return look.credentialId === credentialId;
  // A supervisor answers for one licence; looks of old did not say for which.
  if (claimType === "supervision") return (look.credentialId ?? credentialId) === credentialId;
  return claimType !== "training" || look.trainingId === trainingId;
}

function whyOf(
  claim: Omit<ClaimToCheck, "why">,
  look: Look | undefined,
  known: { replaces: boolean; statementsChanged: boolean; today: string },
): ClaimToCheck["why"] | null {
  if (!look) return known.replaces ? "changed" : "new";
  const unmarked = claim.claimType === "practice-statements" && !("wordsMark" in look.claim);
  const changed = unmarked
    ? known.statementsChanged
    : look.claimVersion !== claim.claimVersion || isMarkedOtherwise(look, claim);
  if (changed) return "changed";
  return isCurrent(look, known.today) ? null : "lapsed";
}

/** Looked up by name, or read for its words: another name, or other words, are another claim. */
const marks = ["name", "registerNameMark", "wordsMark"] as const;

function isMarkedOtherwise(look: Look, { claim }: Pick<ClaimToCheck, "claim">): boolean {
  return marks.some(
    (mark) => mark in claim && mark in look.claim && look.claim[mark] !== claim[mark],
  );
}

type Claim = Omit<ClaimToCheck, "why"> & { replaces: boolean };

function* claimsIn(view: EditorView): Generator<Claim> {
  const plain = {
    credentialId: null,
    trainingId: null,
    claimVersion: 1,
    jurisdiction: null,
    replaces: false,
  };
  const name = view.revision?.displayName ?? "";
  // The name in registers is sealed; its mark tells that it changed, and nothing else.
  const registerNameMark = view.legalName && keptHash(view.legalName, nameContext);
  const named = { name, registerNameMark };
  yield { ...plain, track: "identity", claimType: "identity", claim: named };
  const licences = view.credentials.filter(({ retireProposed }) => !retireProposed);
  for (const held of licences) {
    const { id, claimVersion, typeId, jurisdiction, compactId, number, letters, expiresOn } = held;
    const certification = findCredentialType(typeId)?.issuerKind === "certification";
    yield {
      track: certification ? "affirming-practice" : "right-to-practise",
      claimType: "credential",
      credentialId: id,
      trainingId: null,
      claimVersion,
      jurisdiction,
      claim: { typeId, jurisdiction, compactId, letters, number, expiresOn },
      replaces: held.replacesId !== null,
    };
    if (held.supervised) {
      const { supervisorName, supervisorNumber } = held;
      const claim = { supervisorName, supervisorNumber };
      const of = { ...plain, credentialId: id, jurisdiction };
      yield { ...of, track: "safety", claimType: "supervision", claim, claimVersion };
    }
  }
  yield { ...plain, track: "safety", claimType: "discipline", claim: named };
  if (licences.some(({ jurisdiction }) => jurisdiction?.startsWith("US-"))) {
    yield { ...plain, track: "safety", claimType: "exclusion", claim: named };
  }
  if (view.insurance) {
    const { claimVersion, ...claim } = view.insurance;
    yield { ...plain, track: "safety", claimType: "insurance", claim, claimVersion };
  }
  for (const course of view.trainings.filter(({ retireProposed }) => !retireProposed)) {
    const { id, claimVersion, title, provider, hours, year, workerLed } = course;
    yield {
      track: "affirming-practice",
      claimType: "training",
      credentialId: null,
      trainingId: id,
      claimVersion,
      jurisdiction: null,
      claim: { title, provider, hours, year, workerLed },
      replaces: course.replacesId !== null,
    };
  }
  yield {
    ...plain,
    track: "affirming-practice",
    claimType: "practice-statements",
    claim: { answers: view.statements.length, wordsMark: markOf(view.statements) },
  };
}

const nameContext = "register-name";

/** The mark of the name as it is now is written as of today, whichever master key it was made with. */
async function markedAsToday(looks: Look[], legalName: string | null, db: Db): Promise<Look[]> {
  if (!legalName || !looks.some(({ claim }) => claim.registerNameMark)) return looks;
  const same = hashesUnder(await listHashKeys(db), legalName, nameContext);
  const today = keptHash(legalName, nameContext);
  return looks.map((look) =>
    same.includes(`${look.claim.registerNameMark}`)
      ? { ...look, claim: { ...look.claim, registerNameMark: today } }
      : look,
  );
}

/** The newest yes to each claim; a no or an open question is no reason to skip a look. */
function standingLooks(therapistId: string, db: Db) {
  return db
    .select({
      claimType: checks.claimType,
      credentialId: checks.credentialId,
      trainingId: checks.trainingId,
      claimVersion: checks.claimVersion,
      claim: checks.claim,
      state: checks.state,
      checkedOn: checks.checkedOn,
      validUntil: checks.validUntil,
      expiresOn: checks.expiresOn,
      nextCheckOn: checks.nextCheckOn,
    })
    .from(checks)
    .where(
      and(
        eq(checks.therapistId, therapistId),
        inArray(checks.state, [...affirmativeCheckStates]),
        notReplaced(checks.id),
      ),
    )
    .orderBy(sql`${checks.checkedOn} desc nulls last`);
}

async function haveStatementsChanged(view: EditorView, db: Db): Promise<boolean> {
  const live = await db
    .select({
      id: practiceStatements.statementId,
      answer: practiceStatements.answer,
      words: practiceStatements.words,
    })
    .from(practiceStatements)
    .innerJoin(profileRevisions, eq(profileRevisions.id, practiceStatements.revisionId))
    .where(
      and(
        eq(profileRevisions.therapistId, view.therapist?.id ?? ""),
        eq(profileRevisions.state, "live"),
      ),
    );
  return markOf(live) !== markOf(view.statements);
}

/** The same for the same answers in the same words, in whatever order. */
function markOf(said: EditorView["statements"]): string {
  const text = JSON.stringify(said.map(({ id, answer, words }) => [id, answer, words]).toSorted());
  return createHash("sha256").update(text).digest("hex").slice(0, 16);
}
