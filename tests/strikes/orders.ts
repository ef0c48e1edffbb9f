import { randomUUID } from "node:crypto";
import type { Db } from "#db/client.ts";
import type { Actor } from "#lib/auth/rules.ts";
import { claimCase } from "#lib/cases/claim-case.ts";
import { openCase } from "#lib/cases/open-case.ts";
import { decide, type NewDecision } from "#lib/decisions/decide.ts";
import { getEditorView } from "#lib/revisions/queries.ts";
import { submitRevision } from "#lib/revisions/submit-revision.ts";
import { found, lapse, openCaseOf, openLooks, verifyAll } from "../support/moderate.ts";
import { goLive, saveWholeProfile } from "../support/own-profile.ts";
import { makePerson } from "../support/people.ts";
import type { Order } from "./commands.ts";

const plain = { checkId: null, code: null, record: null, reason: "So that they know why." };
const moderator = (db: Db) => makePerson(db, { roles: ["moderator"] });

/** The last yes: a profile goes live, its case ends, its owner hears of it, the index will too. */
export async function acceptOrder(db: Db): Promise<Order> {
  const { caseId } = await makeSubmitted(db);
  const [first, second] = [await moderator(db), await moderator(db)];
  await verifyAll(caseId, { first, second }, db);
  return decideOrder(second, { ...plain, caseId, action: "accept" });
}

/** The second person agrees to what the first one proposed. */
export async function agreeOrder(db: Db): Promise<Order> {
  const { caseId } = await makeSubmitted(db);
  const [first, second] = [await moderator(db), await moderator(db)];
  await claimCase(first, caseId, db);
  const { decisionId } = await decide(first, await yesTo("practice-statements", caseId, db), db);
  await lapse(caseId, db);
  await claimCase(second, caseId, db);
  const answer = { decisionId, agree: true };
  return { name: "answer a decision", given: { actor: second, answer } };
}

/** A listing is hidden in an emergency. */
export async function hideOrder(db: Db): Promise<Order> {
  const { therapistId } = await makeListed(db);
  const caseId = await openCase({ therapistId, kind: "complaint" }, db);
  return decideOrder(await moderator(db), { ...plain, caseId, action: "hide" });
}

export async function submitOrder(db: Db): Promise<Order> {
  return { name: "submit", given: { actor: await makeDraft(db) } };
}

export async function reportOrder(db: Db): Promise<Order> {
  const { slug } = await makeListed(db);
  const report = {
    slug,
    kind: "wrong-facts",
    words: "It is closed.",
    nonce: randomUUID(),
  } as const;
  return { name: "report", given: { report } };
}

/** Someone whose whole profile waits to be sent. */
export async function makeDraft(db: Db): Promise<Actor> {
  const { personId, roles } = await makePerson(db);
  const actor = { personId, roles };
  await saveWholeProfile(actor, db, `LIC-${randomUUID().slice(0, 8)}`);
  return actor;
}

/** Someone whom readers see. */
export async function makeListed(db: Db): Promise<{ therapistId: string; slug: string }> {
  const owner = await makeDraft(db);
  await goLive(owner, db);
  const { id = "", slug = "" } = (await getEditorView(owner, db)).therapist ?? {};
  return { therapistId: id, slug };
}

async function makeSubmitted(db: Db): Promise<{ caseId: string }> {
  const owner = await makeDraft(db);
  await submitRevision(owner, { consent: true }, db);
  const { therapist } = await getEditorView(owner, db);
  const { id: caseId } = await openCaseOf(therapist?.id ?? "", "submission", db);
  return { caseId };
}

async function yesTo(claimType: string, caseId: string, db: Db): Promise<NewDecision> {
  const look = (await openLooks(caseId, db)).find((each) => each.claimType === claimType);
  if (!look) throw new Error(`no open look at ${claimType}`);
  return {
    ...plain,
    caseId,
    action: "verify",
    checkId: look.id,
    code: "source-match",
    record: found(),
  };
}

function decideOrder(actor: Actor, decision: NewDecision): Order {
  return { name: "decide", given: { actor, decision } };
}
