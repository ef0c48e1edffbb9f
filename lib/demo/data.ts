import disclosureEn from "#db/seed/demo/disclosure.en.json" with { type: "json" };
import disclosureEs from "#db/seed/demo/disclosure.es.json" with { type: "json" };
import names from "#db/seed/demo/names.json" with { type: "json" };
import places from "#db/seed/demo/places.json" with { type: "json" };
import statementsEn from "#db/seed/demo/statements.en.json" with { type: "json" };
import statementsEs from "#db/seed/demo/statements.es.json" with { type: "json" };
import textsEn from "#db/seed/demo/texts.en.json" with { type: "json" };
import textsEs from "#db/seed/demo/texts.es.json" with { type: "json" };

export type Place = {
  city: string;
  region: string;
  postcode: string;
  lat: number;
  lon: number;
  small?: boolean;
};

export type NameGroup = {
  identity?: string;
  languages: Record<string, number>;
  f: string[];
  m: string[];
  n: string[];
  family: string[];
};

type Lines = Record<string, string[]>;
type Texts = {
  headlines: Lines;
  aboutOpenings: string[];
  paths: Lines;
  aboutWork: string[];
  aboutClosings: string[];
  approachOpenings: string[];
  approachModality: Record<string, string>;
  approachClosings: string[];
  statementInProgress: Lines;
  statementNo: Lines;
  levelDetails: string[];
  accessDetails: Lines;
};
type Disclosure = Record<
  "notes" | "diagnosis" | "legalName" | "billingWords" | "subpoenas",
  string[]
> & { reporting: Lines };

/** What the demo is made of. Words and places only: who gets what is decided beside this file. */
export const demoData: {
  places: readonly Place[];
  nameGroups: Record<string, NameGroup>;
  texts: Record<"en" | "es", Texts>;
  statements: Record<"en" | "es", Record<string, { words: string[]; more: string[] }>>;
  disclosure: Record<"en" | "es", Disclosure>;
} = {
  places: places.items,
  nameGroups: names.groups as Record<string, NameGroup>,
  texts: { en: textsEn, es: textsEs },
  statements: { en: statementsEn, es: statementsEs },
  disclosure: { en: disclosureEn, es: disclosureEs },
};
