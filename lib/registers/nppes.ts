import { z } from "zod";
import { isValidNpi } from "#lib/reference/rules.ts";
import {
  type Connector,
  namesOf,
  type OpenClaim,
  type Person,
  type Proposal,
} from "./connector.ts";
import { fetchJson, type Wait } from "./fetch-answer.ts";
import { nameKeys, nameWords, numberKeys, RegisterError, registerNameKeys } from "./rules.ts";
import type { Facts } from "./schema.ts";

const manners = { timeoutMs: 15_000, maxBytes: 5_000_000, tries: 3, perSecond: 2 };
const mostByName = 5;
const mostStates = 3;

/**
 * Hints from the US register of NPI numbers (API version 2.1): who has a name in a state, and which
 * licence numbers they gave there. An NPI is no proof of a licence.
 */
export function nppes(url: string, wait?: Wait): Connector {
  return {
    id: "nppes",
    name: null,
    from: url,
    manners,
    ask: {
      fits: ({ claimType, jurisdiction }) =>
        claimType === "identity" || (jurisdiction?.startsWith("US-") ?? false),
      look: async (claim, person) => {
        const results = new Map<string, Result>();
        for (const query of queriesFor(claim, person)) {
          const found = await search(new URL(url), query, wait);
          for (const result of found) results.set(result.number, result);
        }
        return proposalsFrom([...results.values()], claim, person);
      },
    },
  };
}

type Query = { number: string } | { first: string; last: string; state: string };

/** Only a name and a state leave this machine, or an NPI number. */
function queriesFor(claim: OpenClaim, person: Person): Query[] {
  const numbers = claim.claimType === "identity" ? person.npis : [claim.number ?? ""];
  const byNumber = numbers.filter(isValidNpi).map((number) => ({ number }));
  const places = claim.jurisdiction
    ? [claim.jurisdiction]
    : person.licences.map(({ jurisdiction }) => jurisdiction);
  const states = places.filter((place) => place.startsWith("US-")).map((place) => place.slice(3));
  return [
    ...byNumber,
    ...[...new Set(states)]
      .slice(0, mostStates)
      .flatMap((state) => namesToAsk(person.registerName).map((name) => ({ ...name, state }))),
  ];
}

/** The last word as the surname, or the last two. Signs that the API refuses are left out. */
function namesToAsk(name: string): { first: string; last: string }[] {
  const words = nameWords(name.normalize("NFKD").replaceAll(/\p{M}/gu, "")).map((word) =>
    word.replaceAll(/[^A-Za-z'-]/g, ""),
  );
  const [first = "", ...rest] = words;
  const lasts = [rest.slice(-1), ...(rest.length > 1 ? [rest.slice(-2)] : [])];
  return lasts
    .map((last) => ({ first, last: last.join(" ") }))
    .filter((asked) => asked.first.length > 1 && asked.last.length > 1);
}

const text = z.string().nullish();

/** Addresses are left out as it is read: they may be homes. */
const result = z.object({
  number: z.coerce.string(),
  basic: z.object({
    first_name: text,
    middle_name: text,
    last_name: text,
    credential: text,
    status: text,
    last_updated: text,
  }),
  other_names: z
    .array(z.object({ first_name: text, last_name: text }))
    .max(100)
    .default([]),
  taxonomies: z
    .array(z.object({ desc: text, license: text, state: text }))
    .max(100)
    .default([]),
});
const answer = z.object({ results: z.array(result).max(200) });
const refusal = z.object({
  Errors: z.array(z.object({ number: z.coerce.string().optional() })).max(100),
});

type Result = z.output<typeof result>;

async function search(base: URL, query: Query, wait?: Wait): Promise<Result[]> {
  const url = new URL(base);
  const asked =
    "number" in query
      ? { number: query.number }
      : {
          first_name: query.first,
          use_first_name_alias: "True",
          last_name: query.last,
          state: query.state,
        };
  url.search = new URLSearchParams({
    version: "2.1",
    enumeration_type: "NPI-1",
    limit: "200",
    ...asked,
  }).toString();
  const said = await fetchJson(url, manners, wait);
  const parsed = answer.safeParse(said);
  if (parsed.success) return parsed.data.results;
  // Its refusals come with the status of a good answer, and quote what was asked.
  const refused = refusal.safeParse(said);
  if (!refused.success) throw new RegisterError("malformed", "JSON");
  throw new RegisterError("refused", (refused.data.Errors[0]?.number ?? "").slice(0, 20));
}

/** On a licence only those who gave its number; on an identity everyone of the name. */
function proposalsFrom(results: Result[], claim: OpenClaim, person: Person): Proposal[] {
  const licences =
    claim.claimType === "identity"
      ? person.licences
      : [{ jurisdiction: claim.jurisdiction, letters: claim.letters, number: claim.number }];
  const names = new Set(namesOf(person).flatMap(nameKeys));
  const read = results.map((found) => ({
    found,
    nameAgrees: keysOf(found).some((key) => names.has(key)),
    numberAgrees:
      [claim.number, ...person.npis].includes(found.number) ||
      licences.some((licence) => gave(found, licence)),
  }));
  const sure = read.filter(({ numberAgrees }) => numberAgrees);
  const namesakes = read.filter(({ numberAgrees, nameAgrees }) => !numberAgrees && nameAgrees);
  const shown = claim.claimType === "identity" ? namesakes.slice(0, mostByName) : [];
  const others = claim.claimType === "identity" ? namesakes.length - shown.length : 0;
  return [...sure, ...shown].map(({ found, nameAgrees, numberAgrees }) => ({
    strength: numberAgrees ? "number" : "name",
    statusText: found.basic.status ?? null,
    sourceAsOf: null,
    facts: {
      ...factsOf(found),
      nameAgrees: nameAgrees ? "yes" : "no",
      numberAgrees: numberAgrees ? "yes" : "no",
      ...(!numberAgrees && others > 0 && { others: String(others) }),
    },
  }));
}

function keysOf({ basic, other_names }: Result): string[] {
  return [basic, ...other_names].flatMap((name) =>
    registerNameKeys(name.last_name ?? "", name.first_name ?? ""),
  );
}

type Licence = { jurisdiction: string | null; letters: string | null; number: string | null };

/** Whether they gave the register this licence, in this state. */
function gave({ taxonomies }: Result, { jurisdiction, letters, number }: Licence): boolean {
  const keys = new Set(numberKeys(number ?? "", letters ?? ""));
  return taxonomies.some(
    ({ license, state }) =>
      `US-${state}` === jurisdiction &&
      numberKeys(license ?? "", letters ?? "").some((key) => keys.has(key)),
  );
}

function factsOf({ number, basic, other_names, taxonomies }: Result): Facts {
  const given = [basic.first_name, basic.middle_name].filter(Boolean).join(" ");
  const others = other_names.map((name) => full(name.last_name, name.first_name)).filter(Boolean);
  const licences = taxonomies
    .map(({ desc, license, state }) => [desc, license, state].filter(Boolean).join(" "))
    .filter(Boolean);
  return {
    name: full(basic.last_name, given),
    npi: number,
    ...(others.length > 0 && { otherNames: others.join("; ") }),
    ...(basic.credential && { letters: basic.credential }),
    ...(licences.length > 0 && { licences: licences.join("; ") }),
    ...(basic.last_updated && { updated: basic.last_updated }),
  };
}

function full(last: string | null | undefined, first: string | null | undefined): string {
  return [last, first].filter(Boolean).join(", ");
}
