import { eq } from "drizzle-orm";
import type { Db } from "#db/client.ts";
import { cases } from "#db/schema/cases.ts";
import { credentials } from "#db/schema/credentials.ts";
import { profileRevisions, therapists } from "#db/schema/profiles.ts";
import { checks } from "#db/schema/vetting.ts";
import type { ListingState } from "#db/vocabulary.ts";
import type { Actor } from "#lib/auth/rules.ts";
import { openCase } from "#lib/cases/open-case.ts";
import { legalNameContext } from "#lib/revisions/queries.ts";
import { seal } from "#lib/sealing/seal.ts";
import { todayUtc } from "#lib/vetting/rules.ts";
import { makeListing, makePerson } from "./people.ts";

type Told = {
  displayName?: string;
  legalName?: string | null;
  state?: ListingState;
  licence?: { typeId?: string; jurisdiction?: string; letters?: string; number?: string };
};

/** A therapist with a name, a name that registers know, and one licence. */
export async function makeTherapist(db: Db, told: Told = {}) {
  const { displayName = "Robin Example", legalName = "Quill Nightingale", licence = {} } = told;
  const owner = await makePerson(db);
  const state = told.state ?? "pending";
  const therapistId = await makeListing(db, owner, { state, confirmedOn: todayUtc() });
  if (legalName) {
    const sealedLegalName = seal(legalName, legalNameContext(therapistId));
    await db.update(therapists).set({ sealedLegalName }).where(eq(therapists.id, therapistId));
  }
  await db.insert(profileRevisions).values({
    therapistId,
    number: 1,
    state: "submitted",
    displayName,
    headline: "I ask first.",
    approach: "We start where you want to.",
    about: "I have practised for years.",
  });
  const [held] = await db
    .insert(credentials)
    .values({
      therapistId,
      typeId: "us-lmft",
      jurisdiction: "US-NV",
      letters: "LMFT",
      number: "01234",
      ...licence,
    })
    .returning({ id: credentials.id });
  return { owner, therapistId, credentialId: held?.id ?? "" };
}

/** A case of theirs with an open look at who they are and one at their licence. */
export async function makeOpenCase(
  db: Db,
  { therapistId, credentialId }: { therapistId: string; credentialId: string },
) {
  const caseId = await openCase({ therapistId, kind: "recheck" }, db);
  const look = { therapistId, caseId, sourceType: "self", method: "manual", state: "attested" };
  const claim = { claim: {} };
  const [identity, licence] = await db
    .insert(checks)
    .values([
      { ...look, ...claim, track: "identity", claimType: "identity" },
      { ...look, ...claim, track: "right-to-practise", claimType: "credential", credentialId },
    ] as (typeof checks.$inferInsert)[])
    .returning({ id: checks.id });
  return { caseId, identityId: identity?.id ?? "", licenceId: licence?.id ?? "" };
}

/** As if they had pressed the button; `minutes` can lie in the past. */
export async function claimFor(db: Db, { personId }: Actor, caseId: string, minutes = 60) {
  const claimedUntil = new Date(Date.now() + minutes * 60_000);
  await db.update(cases).set({ claimedBy: personId, claimedUntil }).where(eq(cases.id, caseId));
}
