import type { TermKind } from "#db/vocabulary.ts";
import { typesIn } from "#lib/credentials/claim-choices.ts";
import { editDistance } from "#lib/places/suggest-places.ts";
import { listCredentialTypes, listRegions, listTerms } from "#lib/reference/queries.ts";
import { foldWords } from "./rules.ts";

/** `ids`: one when it is clear, several when a name is shared, none but ideas when unknown. */
export type Match = { ids: readonly string[]; ideas: readonly string[] };

/** Finds a thing by its id or one of its names, in either language. */
export type Matcher = (text: string) => Match;

export function matchTerm(kind: TermKind, text: string): Match {
  return kept(`term:${kind}`, () =>
    matcherOf(
      listTerms(kind).map(({ id, label, endonym, synonyms }) => ({
        id,
        names: [label.en, label.es, ...(endonym ? [endonym] : [])],
        synonyms,
      })),
    ),
  )(text);
}

/** @param jurisdiction null for all that there are anywhere; blank for those of no place */
export function matchCredentialType(jurisdiction: string | null, text: string): Match {
  return kept(`credential:${jurisdiction}`, () => {
    const types = jurisdiction === null ? listCredentialTypes() : typesIn(jurisdiction);
    return matcherOf(
      types.map(({ id, title, localTitle, abbreviations }) => ({
        id,
        names: [title.en, title.es, ...(localTitle ? [localTitle] : []), ...abbreviations],
      })),
    );
  })(text);
}

/** The ideas are codes: a name may stand for regions of several countries. */
export function matchRegion(text: string): Match {
  return kept("region", () =>
    matcherOf(
      listRegions().map(({ code, name, localName }) => ({
        id: code,
        names: [code, name.en, name.es, ...(localName ? [localName] : [])],
      })),
    ),
  )(text);
}

const matchers = new Map<string, Matcher>();

function kept(key: string, make: () => Matcher): Matcher {
  const matcher = matchers.get(key) ?? make();
  matchers.set(key, matcher);
  return matcher;
}

type Named = {
  id: string;
  /** The first is the one to suggest. */
  names: readonly string[];
  /** Words that lead to a suggestion and no further. */
  synonyms?: readonly string[];
};

const mostIdeas = 3;
const longestName = 120;

function matcherOf(all: readonly Named[]): Matcher {
  const ids = new Map<string, Set<string>>();
  for (const { id, names } of all) {
    for (const name of [id, ...names].map(foldWords)) {
      ids.set(name, (ids.get(name) ?? new Set()).add(id));
    }
  }
  const words = all.map(({ id, names, synonyms = [] }) => ({
    idea: names[0] ?? id,
    words: [id, ...names, ...synonyms].map(foldWords),
  }));
  return (text) => {
    const typed = foldWords(text);
    const found = ids.get(typed);
    if (found) return { ids: [...found], ideas: [] };
    if (typed.length > longestName) return { ids: [], ideas: [] };
    const near = words
      .map((each) => ({
        ...each,
        slips: Math.min(...each.words.map((word) => slips(typed, word))),
      }))
      .filter((each) => each.slips < Number.POSITIVE_INFINITY)
      .toSorted((a, b) => a.slips - b.slips);
    return { ids: [], ideas: near.slice(0, mostIdeas).map(({ idea }) => idea) };
  };
}

function slips(typed: string, word: string): number {
  if (typed.length > 3 && word.startsWith(typed)) return 1;
  const most = Math.floor(Math.min(typed.length, word.length) / 4);
  return editDistance(typed, word, Math.min(2, most)) ?? Number.POSITIVE_INFINITY;
}
