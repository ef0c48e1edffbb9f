import type { ProfileTopic, TermKind } from "#db/vocabulary.ts";
import type { EditorView } from "#lib/revisions/queries.ts";
import { disclosureParts } from "#lib/revisions/rules.ts";
import type { FieldSort, FieldValue, ProfileField } from "./rules.ts";

/**
 * Everything that a revision says, field by field. The legal name is no part of it: it belongs to
 * the person and not to a revision. @param licences whether licences are among it
 */
export function fieldsOf(view: EditorView, { licences }: { licences: boolean }): ProfileField[] {
  const { revision } = view;
  const say = (topic: ProfileTopic, field: string, sort: FieldSort, value: Plain) =>
    one({ topic, field, sort, item: null }, value);
  return [
    say("basics", "displayName", "text", revision?.displayName),
    say("basics", "pronouns", "text", revision?.pronouns),
    say("basics", "headline", "words", revision?.headline),
    say("basics", "textLocale", "locale", revision?.textLocale),
    say("basics", "registerNameNote", "words", revision?.registerNameNote),
    terms(view, "place", "format"),
    terms(view, "place", "arrangement"),
    terms(view, "place", "access"),
    terms(view, "place", "language", "languages"),
    { topic: "place", field: "locations", sort: "place", item: null, values: rooms(view) },
    ...(licences ? view.credentials.filter(stays).flatMap(licenceFields) : []),
    ...view.trainings.filter(stays).flatMap(trainingFields),
    ...view.statements.flatMap(statementFields),
    terms(view, "practice", "work"),
    ...disclosureParts.map((part) =>
      say("disclosure", part, "words", view.disclosure?.[part] ?? null),
    ),
    say("fees", "feeMin", "text", revision?.feeMin),
    say("fees", "feeMax", "text", revision?.feeMax),
    say("fees", "feeCurrency", "text", revision?.feeCurrency),
    say("fees", "feeMinutes", "text", revision?.feeMinutes),
    say("fees", "slidingMin", "text", revision?.slidingMin),
    say("fees", "slidingPlacesOpen", "yes-no", revision?.slidingPlacesOpen),
    terms(view, "fees", "fee"),
    say("about", "approach", "words", revision?.approach),
    say("about", "about", "words", revision?.about),
    terms(view, "about", "modality"),
    terms(view, "about", "concern"),
    terms(view, "about", "identity"),
    { topic: "contact", field: "ways", sort: "contact", item: null, values: ways(view) },
  ];
}

type Plain = string | number | boolean | null | undefined;

function one(field: Omit<ProfileField, "values">, value: Plain): ProfileField {
  const said = value !== null && value !== undefined && value !== "";
  return { ...field, values: said ? [{ text: String(value) }] : [] };
}

/** What an open revision wishes away is gone from it. */
const stays = ({ retireProposed }: { retireProposed: boolean }) => !retireProposed;

function terms(view: EditorView, topic: ProfileTopic, kind: TermKind, field: string = kind) {
  const values = view.terms
    .filter((term) => term.kind === kind)
    .map(({ id, level, detail }) => ({ text: id, level, detail }));
  return { topic, field, sort: `term:${kind}` as const, item: null, values };
}

function rooms({ locations }: EditorView): FieldValue[] {
  return locations.map(({ city, region, address, postcode }) => ({
    text: city,
    level: region,
    detail: [address, postcode].filter(Boolean).join(", ") || null,
  }));
}

function ways({ contacts }: EditorView): FieldValue[] {
  return contacts.map(({ kind, value, note }) => ({ text: value, level: kind, detail: note }));
}

/** A claim that replaces another is the same item, so that the two are held against each other. */
function licenceFields(held: EditorView["credentials"][number]): ProfileField[] {
  const item = { id: held.replacesId ?? held.id, label: `${held.letters} ${held.number}` };
  const say = (field: string, sort: FieldSort, value: Plain) =>
    one({ topic: "licences", field, sort, item }, value);
  return [
    say("typeId", "credential-type", held.typeId),
    say("jurisdiction", "region", held.jurisdiction),
    say("compactId", "compact", held.compactId),
    say("letters", "text", held.letters),
    say("number", "text", held.number),
    say("expiresOn", "day", held.expiresOn),
    say("supervised", "yes-no", held.supervised),
    say("supervisorName", "text", held.supervisorName),
    say("supervisorNumber", "text", held.supervisorNumber),
  ];
}

function trainingFields(course: EditorView["trainings"][number]): ProfileField[] {
  const item = { id: course.replacesId ?? course.id, label: course.title };
  const say = (field: string, sort: FieldSort, value: Plain) =>
    one({ topic: "trainings", field: `trainings-${field}`, sort, item }, value);
  return [
    say("title", "text", course.title),
    say("provider", "text", course.provider),
    say("kind", "term:training", course.kind),
    say("workerLed", "worker-led", course.workerLed),
    say("year", "text", course.year),
    say("finishedOn", "day", course.finishedOn),
    say("hours", "text", course.hours),
    say("expiresOn", "day", course.expiresOn),
    say("topics", "words", course.topics),
  ];
}

function statementFields({ id, answer, words }: EditorView["statements"][number]): ProfileField[] {
  const item = { id, label: null };
  return [
    one({ topic: "practice", field: "answer", sort: "answer", item }, answer),
    one({ topic: "practice", field: "words", sort: "words", item }, words),
  ];
}
