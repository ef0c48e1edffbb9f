import type { Db } from "#db/client.ts";
import type { Actor } from "#lib/auth/rules.ts";
import { saveCredential } from "#lib/credentials/save-credential.ts";
import { saveInsurance } from "#lib/credentials/save-insurance.ts";
import type { CredentialForm } from "#lib/credentials/schema.ts";
import type { Typed } from "#lib/forms/rules.ts";
import { practiceStatements } from "#lib/reference/queries.ts";
import { getEditorView } from "#lib/revisions/queries.ts";
import { saveTopic, type TopicName } from "#lib/revisions/save-topic.ts";
import { submitRevision } from "#lib/revisions/submit-revision.ts";
import { addDays, todayUtc } from "#lib/vetting/rules.ts";
import { acceptSubmission } from "./moderate.ts";

const words = "I ask first, and I write down only what helps you.";
const core = practiceStatements().filter((statement) => statement.core);

/** A whole profile, page by page, as its forms send it. */
export const wholeProfile = {
  basics: {
    displayName: ["Robin Example"],
    headline: ["I ask what you want to work on."],
    textLocale: ["en"],
    legalName: ["Quill Nightingale"],
  },
  place: { format: ["video"], "languages.0.id": ["en"], "languages.0.level": ["therapy"] },
  trainings: {
    "trainings.0.title": ["A day on consent"],
    "trainings.0.provider": ["A school"],
    "trainings.0.kind": ["workshop"],
    "trainings.0.year": ["2024"],
    "trainings.0.workerLed": ["yes"],
  },
  practice: Object.fromEntries(
    core.flatMap(({ id }) => [
      [`answer-${id}`, ["yes"]],
      [`words-${id}`, [words]],
    ]),
  ),
  disclosure: { reporting: ["Only a danger to life."], notes: ["Date, theme, next step."] },
  fees: { feeMin: ["120"], feeCurrency: ["USD"], feeMinutes: ["50"] },
  about: { approach: ["We start where you want to."], about: ["I have practised for years."] },
  contact: { "ways.0.kind": ["email"], "ways.0.value": ["robin@practice.example"] },
} as const satisfies Record<TopicName, Typed>;

export const topicNames = Object.keys(wholeProfile) as TopicName[];

export function licence(change: Partial<CredentialForm> = {}): CredentialForm {
  return {
    typeId: "us-lmft",
    jurisdiction: "US-NV",
    compactId: null,
    letters: "LMFT",
    number: "LIC-1234",
    expiresOn: addDays(todayUtc(), 400),
    supervised: "no",
    supervisorName: null,
    supervisorNumber: null,
    version: 0,
    ...change,
  };
}

export const insured = { insurer: "An insurer", expiresOn: addDays(todayUtc(), 200) };

/** Saves every page of the editor. @returns the id of the licence */
export async function saveWholeProfile(actor: Actor, db: Db, number: string): Promise<string> {
  for (const topic of topicNames) {
    const errors = await saveTopic(actor, { topic, seen: 0, typed: wholeProfile[topic] }, db);
    if (errors) throw new Error(`${topic}: ${JSON.stringify(errors)}`);
  }
  await saveInsurance(actor, { seen: 0, insurance: insured }, db);
  return saveCredential(actor, null, licence({ number }), db);
}

/** Sends the draft, and lets two moderators say yes to all of it: readers see it from now on. */
export async function goLive(actor: Actor, db: Db): Promise<void> {
  await submitRevision(actor, { consent: true }, db);
  await acceptSubmission((await getEditorView(actor, db)).therapist?.id ?? "", db);
}

/** What commands of the editor write in. */
const written = [
  "therapists",
  "profile_revisions",
  "revision_topics",
  "revision_terms",
  "practice_statements",
  "disclosure_cards",
  "practice_locations",
  "contact_ways",
  "credentials",
  "trainings",
  "insurances",
  "claim_conflicts",
  "cases",
  "case_items",
  "case_messages",
  "decisions",
  "appeals",
  "checks",
  "mails",
  "audit_events",
];

/** Every row of every account, as one text per row: whatever changes anything changes this. */
export async function everyRow(db: Db): Promise<string[]> {
  const tables = written.map(
    (name) => `select '${name} ' || to_jsonb(t)::text as row from ${name} t`,
  );
  const rows = await db.execute<{ row: string }>(`${tables.join(" union all ")} order by row`);
  return rows.map(({ row }) => row);
}
