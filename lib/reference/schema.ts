import { z } from "zod";
import { decisionActions, issuerKinds } from "#db/vocabulary.ts";

const jurisdictionPattern = z.string().regex(/^(\*|[A-Z]{2}-(\*|[A-Z0-9]{1,3}))$/);
const id = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, "ids are kebab-case");
const text = z.string().trim().min(1);
const confidence = z.enum(["high", "medium", "low"]);
const asOf = z.string().regex(/^\d{4}-\d{2}(-\d{2})?$/, "a date such as 2026-11-23, or a month");
const url = z.url({ protocol: /^https$/ }).nullable();

const both = z.strictObject({ en: text, es: text });
const head = {
  source: text,
  asOf,
  notes: z.array(text).optional(),
  rules: z.array(text).optional(),
};

const termGroup = z.strictObject({ id, label: both });

const term = z.strictObject({
  id,
  label: both,
  group: id.optional(),
  /** Words that people type for it, in any language; never shown. */
  synonyms: z.array(text),
  note: text.optional(),
  description: both.optional(),
  /** False: may be searched for, but is never suggested or ticked beforehand. */
  suggest: z.boolean().optional(),
  /** True: a value of the `format` criterion; the other formats are arrangements. */
  criterion: z.boolean().optional(),
  /** Only offered in these countries. */
  countries: z.array(z.string().length(2)).optional(),
  sensitivity: z.enum(["highest", "health"]).optional(),
  endonym: text.optional(),
  bcp47: text.optional(),
  iso639_1: z.string().length(2).nullable().optional(),
  iso639_3: z.string().length(3).optional(),
  macrolanguage: z.boolean().optional(),
});

const statement = term.extend({ group: id, prompt: both, core: z.boolean(), mistakeAvoided: id });

const groups = z.array(termGroup).optional();
const vocabulary = z.strictObject({ ...head, groups, items: z.array(term).min(1) });

const compactStatus = z.enum(["operational", "enacted", "not-member"]);

const country = z.strictObject({
  code: z.string().length(2),
  alpha3: z.string().length(3),
  name: both,
  /** `region`: each state licenses for itself. `country`: one register serves all regions. */
  licensingLevel: z.enum(["region", "country"]),
  distanceUnit: z.enum(["mi", "km"]),
  note: text,
  confidence: confidence.optional(),
});

const region = z.strictObject({
  code: z.string().regex(/^[A-Z]{2}-[A-Z0-9]{1,3}$/),
  country: z.string().length(2),
  name: both,
  localName: text.optional(),
  type: text,
  geonames: z.strictObject({ country: z.string().length(2), admin1: text.nullable() }),
  compacts: z.array(
    z.strictObject({
      compact: id,
      status: compactStatus,
      asOf,
      confidence,
      issuingSince: asOf.optional(),
      enactedOn: asOf.optional(),
      note: text.optional(),
    }),
  ),
  psychotherapyRegulation: z
    .strictObject({
      status: z.enum(["regulated", "unregulated", "in-progress"]),
      body: text.optional(),
      confidence,
      note: text.optional(),
    })
    .optional(),
  socialWorkRegulator: text.optional(),
});

const compact = z.strictObject({
  id,
  name: both,
  profession: text,
  model: text,
  credentialTypes: z.array(id),
  status: text,
  memberCount: z.int(),
  issuingCount: z.int().optional(),
  memberCountAsOf: asOf,
  membershipAloneIsNotEnough: z.boolean(),
  officialSite: url,
  confidence,
  note: text.optional(),
});

const register = z.strictObject({
  name: text,
  url,
  confidence,
  /** Serves these regions only. */
  regions: z.array(text).optional(),
  /** Of use beside the register itself, never instead of it. */
  supplementary: z.literal(true).optional(),
});

const credentialType = z.strictObject({
  id,
  title: both,
  localTitle: text.optional(),
  abbreviations: z.array(text),
  issuerKind: z.enum(issuerKinds),
  country: z.union([z.literal("INT"), z.string().length(2)]),
  /** Patterns: `US-CA`, `US-*` or `*`. */
  jurisdictions: z.array(jurisdictionPattern).min(1),
  independentPractice: z.union([z.boolean(), z.literal("varies")]),
  supervisionRequired: z.boolean(),
  /** True: its register is the one of the state, see `stateLookups`. */
  stateLookup: z.boolean(),
  registers: z.array(register),
  idFormat: z.strictObject({ regex: text, confidence }).optional(),
  renewalMonths: z.int().positive().nullable(),
  renewalConfidence: confidence.optional(),
  nuccTaxonomy: z.array(text).optional(),
  compact: id.optional(),
  abbreviationByRegion: z
    .strictObject({ confidence, values: z.record(z.string(), text) })
    .optional(),
  note: text.optional(),
  confidence,
});

const stateLookup = z.strictObject({
  jurisdiction: text,
  name: text,
  url,
  confidence,
  /** A board that keeps some professions only. */
  onlyTypes: z.array(id).optional(),
});

const catalogueTraining = z.strictObject({
  id,
  provider: text,
  title: text,
  kinds: z.array(id).min(1),
  delivery: z.array(id).min(1),
  hours: z.int().positive().nullable(),
  hoursNote: text.optional(),
  topics: z.array(text),
  region: text,
  url,
  evidence: text,
  currentlyOffered: text,
  confidence,
});

const statusWord = z.strictObject({
  word: text,
  meaning: both,
  /** Blank where the word alone decides nothing. */
  suggests: z.enum(decisionActions).or(z.literal("")),
});

/** How to look someone up with one body; texts that many share are named by their key. */
const playbook = z.strictObject({
  id,
  name: text,
  url,
  confidence,
  /** None: it is of use beside a register, and answers for no credential. */
  credentialTypes: z.array(id),
  jurisdictions: z.array(jurisdictionPattern).min(1),
  steps: z.array(text),
  /** What is so with this body alone. */
  more: both.optional(),
  idFormat: both.optional(),
  statusWords: text,
  callBack: text.optional(),
});

/** An address that carries nothing beside itself: nobody learns from it who sent a reader. */
const plainUrl = z
  .url({ protocol: /^https$/ })
  .refine((address) => !/[?#@]/.test(address), "a plain address, without query, hash or user");
/** As people write it. Dialling drops the spaces and dashes. */
const phone = z.string().regex(/^\d[\d -]*\d$/, "digits, with spaces or dashes between");

const looked = { source: text, checkedOn: z.iso.date(), confidence };

const helpCountry = z.strictObject({
  code: z.string().length(2),
  name: both,
  emergency: z.array(phone).min(1),
  note: both.optional(),
});

const helpLine = z
  .strictObject({
    id,
    country: z.string().length(2),
    name: text,
    for: both,
    workerLed: z.literal(true).optional(),
    phone: phone.optional(),
    /** `word`: what to send to begin. */
    text: z.strictObject({ number: phone, word: text.optional() }).optional(),
    chat: plainUrl.optional(),
    website: plainUrl,
    hours: z.union([z.literal("always"), both]),
    /** Ids of languages.json. */
    languages: z.array(id).min(1),
    /** Others through someone who interprets. */
    interpreters: z.literal(true).optional(),
    /** Whether they may send someone without a yes; `ask`: we do not know. */
    police: z.enum(["never", "may", "ask"]),
    note: both.optional(),
    /** Said to stay off phone bills. */
    offBill: z.literal(true).optional(),
    ...looked,
  })
  .refine(
    (line) => line.phone || line.text || line.hours !== "always",
    "only what can be called or texted has someone at all hours",
  );

/** One schema for each file of `db/seed/reference`, by its name. */
export const referenceSchemas = {
  accessibility: vocabulary.extend({ answers: z.array(termGroup) }),
  concerns: vocabulary,
  fees: vocabulary,
  formats: vocabulary,
  "help-lines": z.strictObject({
    ...head,
    countries: z.array(helpCountry).min(1),
    items: z.array(helpLine).min(1),
    elsewhere: z.array(z.strictObject({ id, name: text, website: plainUrl, for: both, ...looked })),
  }),
  identities: vocabulary,
  languages: vocabulary,
  modalities: vocabulary,
  scales: vocabulary,
  "training-criteria": vocabulary,
  "work-contexts": vocabulary.extend({
    avoidTerms: z.array(z.strictObject({ term: text, note: text })),
  }),
  "practice-statements": vocabulary.extend({
    sentence: z.strictObject({ required: z.boolean(), minChars: z.int(), maxChars: z.int() }),
    items: z.array(statement).min(1),
  }),
  "credential-types": z.strictObject({
    ...head,
    issuerKinds: z.record(z.enum(issuerKinds), text),
    verificationRules: z.array(text),
    npi: z.looseObject({ regex: text, validExample: text, invalidExample: text }),
    stateLookups: z.array(stateLookup),
    items: z.array(credentialType).min(1),
  }),
  jurisdictions: z.strictObject({
    ...head,
    compactStatuses: z.record(compactStatus, text),
    countries: z.array(country).min(1),
    compacts: z.array(compact),
    regions: z.array(region).min(1),
  }),
  playbooks: z.strictObject({
    ...head,
    statusWords: z.record(z.string(), z.array(statusWord).min(1)),
    callBacks: z.record(z.string(), both),
    steps: z.record(z.string(), both),
    addressNotes: z.record(confidence, both),
    items: z.array(playbook).min(1),
  }),
  trainings: z.strictObject({
    ...head,
    items: z.array(catalogueTraining).min(1),
    related: z.array(
      z.strictObject({
        id,
        provider: text,
        title: text,
        note: text,
        evidence: text,
        confidence,
      }),
    ),
  }),
} as const;

export type ReferenceName = keyof typeof referenceSchemas;
export type ReferenceFile<N extends ReferenceName> = z.infer<(typeof referenceSchemas)[N]>;

export type Locale = "en" | "es";
export type Term = Readonly<z.infer<typeof term>>;
export type PracticeStatement = Readonly<z.infer<typeof statement>>;
export type TermGroup = { id: string; label: Record<Locale, string>; terms: readonly Term[] };
export type Country = Readonly<z.infer<typeof country>>;
export type Region = Readonly<z.infer<typeof region>>;
export type Compact = Readonly<z.infer<typeof compact>>;
export type CredentialType = Readonly<z.infer<typeof credentialType>>;
export type HelpLine = Readonly<z.infer<typeof helpLine>>;
export type HelpLines = Readonly<z.infer<(typeof referenceSchemas)["help-lines"]>>;
export type CatalogueTraining = Readonly<z.infer<typeof catalogueTraining>>;
