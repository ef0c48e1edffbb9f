import type { Sql } from "postgres";
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
import { makePerson } from "./people.ts";

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
export async function goLive(actor: Actor, { db, sql }: { db: Db; sql: Sql }): Promise<void> {
  await submitRevision(actor, { consent: true }, db);
  const checker = await makePerson(db, { roles: ["moderator"] });
  const second = await makePerson(db, { roles: ["lived-experience-reviewer"] });
  const id = (await getEditorView(actor, db)).therapist?.id ?? "";
  const today = todayUtc();
  await sql.begin(async (tx) => {
    await tx`update profile_revisions set state = 'superseded'
      where therapist_id = ${id} and state = 'live'`;
    await tx`update profile_revisions set state = 'live', published_on = ${today}
      where therapist_id = ${id} and state = 'submitted'`;
    for (const claims of [tx`credentials`, tx`trainings`]) {
      await tx`update ${claims} set stage = 'retired' where therapist_id = ${id} and (retire_proposed
        or id in (select replaces_id from ${claims} where stage = 'proposed'))`;
      await tx`update ${claims} set stage = 'current', replaces_id = null
        where therapist_id = ${id} and stage = 'proposed'`;
    }
    await tx`update checks set state = 'verified', authority = 'A register', checked_on = ${today},
      valid_until = ${addDays(today, 365)}, checker_id = ${checker.personId},
      second_reviewer_id = ${second.personId} where therapist_id = ${id} and state = 'attested'`;
    await tx`update therapists set listing_state = 'listed', confirmed_on = ${today}
      where id = ${id}`;
  });
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
