import { z } from "zod";
import { type SessionFormat, sessionFormats, type TermKind } from "#db/vocabulary.ts";

/** Facets whose values are ids of the reference data, in the order of the search form. */
export const facetKeys = [
  "format",
  "modality",
  "concern",
  "work",
  "language",
  "fee",
  "training",
  "access",
  "identity",
] as const satisfies readonly TermKind[];
export type FacetKey = (typeof facetKeys)[number];

export const sorts = ["fit", "near", "recent"] as const;
export type Sort = (typeof sorts)[number];

/** Kilometres that the form offers, round in the unit it shows; the address may hold any in range. */
export const withinChoices = { km: [5, 10, 20, 40, 80, 160], mi: [8, 16, 40, 80, 161] } as const;
export const defaultWithinKm = 40;
export const pageSize = 12;
/** A bound on how much of the directory one search can be used to copy. */
export const maxPage = 10;
/** Therapists who can stand side by side. */
export const maxCompared = 4;

/** What a person asked for. Empty lists and nulls ask for nothing. */
export type Criteria = Record<Exclude<FacetKey, "format">, readonly string[]> & {
  format: readonly SessionFormat[];
  q: string;
  where: string;
  /** Kilometres. */
  within: number;
  /** ISO 3166-2 of where the reader will be, or empty. */
  region: string;
  accepting: boolean;
  sort: Sort;
  page: number;
};

/** Asks for nothing: everybody whom readers may see. */
export const noCriteria: Criteria = {
  q: "",
  where: "",
  within: defaultWithinKm,
  region: "",
  format: [],
  modality: [],
  concern: [],
  work: [],
  language: [],
  identity: [],
  fee: [],
  access: [],
  training: [],
  accepting: false,
  sort: "fit",
  page: 1,
};

export type CriterionKey = keyof Criteria;
/** A value that was left out. `value` is cut short and is only ever shown escaped. */
export type Problem = {
  key: CriterionKey;
  value: string;
  reason: "unknown" | "too-long" | "too-many";
};

export type KnownIds = {
  isTerm: (kind: FacetKey, id: string) => boolean;
  isRegion: (code: string) => boolean;
};

const maxValuesPerKey = 30;
const shownLength = 40;

const words = (max: number) =>
  z
    .string()
    .max(max)
    // Control characters and lone surrogates mean nothing in a search and upset every store.
    .refine((text) => text.isWellFormed() && !/\p{Cc}/u.test(text))
    .transform((text) => text.trim().replace(/\s+/g, " "));

const shapes = {
  q: words(200),
  where: words(120),
  within: z.coerce.number().int().min(1).max(1000),
  accepting: z.enum(["1"]).transform(() => true),
  sort: z.enum(sorts),
  page: z.coerce.number().int().min(1).max(maxPage),
};

/**
 * Reads the query of `/therapists`. Never throws: what cannot be used is named in `problems` and
 * left out, so that a bad link still finds people.
 */
export function parseCriteria(
  query: URLSearchParams,
  known: KnownIds,
): { criteria: Criteria; problems: Problem[] } {
  const problems: Problem[] = [];
  const report = (key: CriterionKey, value: string, reason: Problem["reason"]) => {
    if (problems.length < 20) problems.push({ key, value: shorten(value), reason });
  };

  function one<K extends keyof typeof shapes>(key: K, fallback: z.infer<(typeof shapes)[K]>) {
    const values = query.getAll(key).filter((value) => value !== "");
    const first = values[0];
    if (first === undefined) return fallback;
    if (values.length > 1) report(key, values[1] ?? "", "too-many");
    const parsed = shapes[key].safeParse(first);
    if (parsed.success) return parsed.data as z.infer<(typeof shapes)[K]>;
    report(key, first, first.length > 120 ? "too-long" : "unknown");
    return fallback;
  }

  function list(key: FacetKey): string[] {
    const values = [...new Set(query.getAll(key))].filter((value) => value !== "");
    if (values.length > maxValuesPerKey) report(key, String(values.length), "too-many");
    return values.slice(0, maxValuesPerKey).filter((value) => {
      const isKnown = known.isTerm(key, value);
      if (!isKnown) report(key, value, "unknown");
      return isKnown;
    });
  }

  function region(): string {
    const [value = ""] = query.getAll("region").filter((code) => code !== "");
    if (value === "" || known.isRegion(value)) return value;
    report("region", value, "unknown");
    return "";
  }

  const criteria: Criteria = {
    q: one("q", noCriteria.q),
    where: one("where", noCriteria.where),
    within: one("within", noCriteria.within),
    region: region(),
    format: list("format").filter(isSessionFormat),
    modality: list("modality"),
    concern: list("concern"),
    work: list("work"),
    language: list("language"),
    identity: list("identity"),
    fee: list("fee"),
    access: list("access"),
    training: list("training"),
    accepting: one("accepting", noCriteria.accepting),
    sort: one("sort", noCriteria.sort),
    page: one("page", noCriteria.page),
  };
  return { criteria, problems };
}

/** The address that asks for these criteria; defaults are left out, so equal searches are equal. */
export function criteriaQuery(wanted: Criteria): string {
  const query = new URLSearchParams();
  if (wanted.q) query.set("q", wanted.q);
  if (wanted.where) query.set("where", wanted.where);
  if (wanted.where && wanted.within !== defaultWithinKm) query.set("within", String(wanted.within));
  if (wanted.region) query.set("region", wanted.region);
  for (const key of facetKeys) for (const value of wanted[key]) query.append(key, value);
  if (wanted.accepting) query.set("accepting", "1");
  if (wanted.sort !== "fit") query.set("sort", wanted.sort);
  if (wanted.page > 1) query.set("page", String(wanted.page));
  return query.toString();
}

export function isSessionFormat(value: string): value is SessionFormat {
  return (sessionFormats as readonly string[]).includes(value);
}

function shorten(value: string): string {
  const clean = value.toWellFormed().replace(/\p{Cc}/gu, "�");
  return clean.length > shownLength ? `${clean.slice(0, shownLength).toWellFormed()}…` : clean;
}
