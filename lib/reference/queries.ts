import type { TermKind } from "#db/vocabulary.ts";
import { readReference } from "./read-reference.ts";
import { jurisdictionMatches } from "./rules.ts";
import type {
  CatalogueTraining,
  Compact,
  Country,
  CredentialType,
  HelpLine,
  HelpLines,
  Locale,
  PracticeStatement,
  Region,
  Term,
  TermGroup,
} from "./schema.ts";

export type { TermKind } from "#db/vocabulary.ts";
export type {
  CatalogueTraining,
  Compact,
  Country,
  CredentialType,
  HelpLine,
  HelpLines,
  Locale,
  PracticeStatement,
  Region,
  Term,
  TermGroup,
} from "./schema.ts";

const fileOf = {
  modality: "modalities",
  concern: "concerns",
  work: "work-contexts",
  language: "languages",
  identity: "identities",
  fee: "fees",
  access: "accessibility",
  format: "formats",
  arrangement: "formats",
  training: "training-criteria",
  statement: "practice-statements",
} as const satisfies Record<TermKind, string>;

const termsByKind = new Map<TermKind, Map<string, Term>>();
const groupsByKind = new Map<TermKind, readonly TermGroup[]>();
let regionsByCode: Map<string, Region> | undefined;
let typesById: Map<string, CredentialType> | undefined;

export function listTerms(kind: TermKind): readonly Term[] {
  return [...termsOf(kind).values()];
}

/** The terms under their headings, in the order of the file; one heading without name if none. */
export function listTermGroups(kind: TermKind): readonly TermGroup[] {
  const known = groupsByKind.get(kind);
  if (known) return known;
  const terms = listTerms(kind);
  const groups = (readReference(fileOf[kind]).groups ?? [])
    .map((group) => ({ ...group, terms: terms.filter((term) => term.group === group.id) }))
    .filter((group) => group.terms.length > 0);
  const all = groups.length > 0 ? groups : [{ id: "", label: { en: "", es: "" }, terms }];
  groupsByKind.set(kind, all);
  return all;
}

export function findTerm(kind: TermKind, id: string): Term | undefined {
  return termsOf(kind).get(id);
}

/** The id itself when it is not known. */
export function termLabel(kind: TermKind, id: string, locale: Locale): string {
  return findTerm(kind, id)?.label[locale] ?? id;
}

/** The steps of `level`: experience with a work context, fluency in a language. */
export function listLevels(kind: "work" | "language"): readonly Term[] {
  const scale = kind === "work" ? "experience" : "fluency";
  return readReference("scales").items.filter((step) => step.group === scale);
}

export function listCountries(): readonly Country[] {
  return readReference("jurisdictions").countries;
}

export function countryName(code: string, locale: Locale): string {
  return listCountries().find((country) => country.code === code)?.name[locale] ?? code;
}

export function listRegions(): readonly Region[] {
  return readReference("jurisdictions").regions;
}

export function findRegion(code: string): Region | undefined {
  regionsByCode ??= new Map(listRegions().map((region) => [region.code, region]));
  return regionsByCode.get(code);
}

/** The code itself when it is not known. */
export function regionName(code: string, locale: Locale): string {
  return findRegion(code)?.name[locale] ?? code;
}

export function listCompacts(): readonly Compact[] {
  return readReference("jurisdictions").compacts;
}

export function listCredentialTypes(): readonly CredentialType[] {
  return readReference("credential-types").items;
}

export function findCredentialType(id: string): CredentialType | undefined {
  typesById ??= new Map(listCredentialTypes().map((type) => [type.id, type]));
  return typesById.get(id);
}

/** What a person in a region can hold, certifications that belong to no place included. */
export function credentialTypesIn(regionCode: string): readonly CredentialType[] {
  return listCredentialTypes().filter((type) =>
    type.jurisdictions.some((pattern) => jurisdictionMatches(pattern, regionCode)),
  );
}

/**
 * Where to look a credential up: the state's own search in the US, else the type's register.
 * `url` is null where we know who keeps the register but not its address.
 */
export function registerFor(
  credentialTypeId: string,
  regionCode: string,
): { name: string; url: string | null } | undefined {
  const type = findCredentialType(credentialTypeId);
  const registers = (type?.registers ?? []).filter((register) => !register.supplementary);
  const own =
    registers.find((register) => register.regions?.includes(regionCode)) ??
    registers.find((register) => !register.regions);
  if (own) return { name: own.name, url: own.url };
  return type?.stateLookup ? stateRegister(type.id, regionCode) : undefined;
}

export function listTrainingCatalogue(): readonly CatalogueTraining[] {
  return readReference("trainings").items;
}

/** A country with its lines, in the order of the file. */
export type HelpCountry = HelpLines["countries"][number] & { lines: readonly HelpLine[] };

export type HelpList = {
  countries: readonly HelpCountry[];
  elsewhere: HelpLines["elsewhere"];
  /** The day on which the list was last gone over. */
  lookedAt: string;
};

export function listHelp(): HelpList {
  const { countries, items, elsewhere, asOf } = readReference("help-lines");
  return {
    countries: countries.map((country) => ({
      ...country,
      lines: items.filter((line) => line.country === country.code),
    })),
    elsewhere,
    lookedAt: asOf,
  };
}

/** The statements about practice; a listing needs the core ones answered. */
export function practiceStatements(): readonly PracticeStatement[] {
  return readReference("practice-statements").items;
}

/** The same under their headings. */
export function listStatementGroups(): {
  label: TermGroup["label"];
  statements: readonly PracticeStatement[];
}[] {
  const { groups = [], items } = readReference("practice-statements");
  return groups.map(({ id, label }) => ({
    label,
    statements: items.filter(({ group }) => group === id),
  }));
}

/** How long an answer to a statement may be, in characters. */
export function statementLimits(): { minChars: number; maxChars: number } {
  return readReference("practice-statements").sentence;
}

function termsOf(kind: TermKind): Map<string, Term> {
  const known = termsByKind.get(kind);
  if (known) return known;
  const all: readonly Term[] = readReference(fileOf[kind]).items;
  const terms = new Map(all.filter((term) => belongs(kind, term)).map((term) => [term.id, term]));
  termsByKind.set(kind, terms);
  return terms;
}

function belongs(kind: TermKind, term: Term): boolean {
  if (kind === "format") return term.criterion === true;
  if (kind === "arrangement") return term.criterion !== true;
  return true;
}

function stateRegister(
  typeId: string,
  regionCode: string,
): { name: string; url: string | null } | undefined {
  const region = findRegion(regionCode);
  if (!region) return undefined;
  const lookups = readReference("credential-types").stateLookups;
  const found = lookups.find(
    ({ jurisdiction, onlyTypes }) =>
      jurisdiction === regionCode && (onlyTypes?.includes(typeId) ?? true),
  );
  return { name: found?.name ?? `Licensing board of ${region.name.en}`, url: found?.url ?? null };
}
