import { editDistance } from "#lib/places/suggest-places.ts";

/** As many as Meilisearch looks at. */
const mostWords = 10;

/** A text without all that parts words: only what Postgres takes for words is left. */
export function plainText(texts: readonly string[]): string {
  return texts
    .map((text) =>
      text
        .normalize("NFC")
        .replace(/[^\p{L}\p{M}\p{N}]+/gu, " ")
        .trim(),
    )
    .filter((text) => text !== "")
    .join(" ");
}

export type Vocabulary = ReadonlyMap<string, readonly string[]>;

/** Words of the directory by their first letter. */
export function vocabularyOf(words: readonly string[]): Vocabulary {
  return Map.groupBy(words, (word) => word.charAt(0));
}

export type WordQuery = {
  /** For `to_tsquery`: every word, as it stands or a slip of the finger away. */
  near: string;
  /** The same without slips; those found by it come first. */
  exact: string;
};

/**
 * Free words as Postgres looks for them: all of them, the last one may be a beginning.
 * @returns null when nothing is left that one could look for
 */
export function wordQuery(q: string, vocabulary: Vocabulary): WordQuery | null {
  const words = plainText([q])
    .split(" ")
    .filter((word) => /[\p{L}\p{N}]/u.test(word))
    .slice(0, mostWords);
  if (words.length === 0) return null;
  const exact = words.map((word, at) => quoted(word) + (at === words.length - 1 ? ":*" : ""));
  const near = words.map((word, at) =>
    [exact[at] ?? "", ...misspelt(word, vocabulary).map(quoted)].join(" | "),
  );
  return { exact: exact.join(" & "), near: near.map((each) => `(${each})`).join(" & ") };
}

/** Safe: no quote and no backslash is left in a word. */
function quoted(word: string): string {
  return `'${word}'`;
}

/** Words of the directory that may be meant: one slip in four letters, two in eight, as there. */
function misspelt(typed: string, vocabulary: Vocabulary): string[] {
  const word = folded(typed);
  if (word.length < 4) return [];
  const slips = word.length < 8 ? 1 : 2;
  return (vocabulary.get(word.charAt(0)) ?? []).filter(
    (other) =>
      other !== word &&
      Math.abs(other.length - word.length) <= slips &&
      editDistance(word, other, slips) !== undefined,
  );
}

/** As `unaccent` folds, near enough to count slips. */
function folded(word: string): string {
  return word.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}
