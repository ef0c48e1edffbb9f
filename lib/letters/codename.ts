import { entropyToMnemonic, mnemonicToEntropy } from "@scure/bip39";
import { wordlist as english } from "@scure/bip39/wordlists/english.js";
import { wordlist as spanish } from "@scure/bip39/wordlists/spanish.js";
import { distance } from "fastest-levenshtein";
import type { Locale } from "#lib/words/labels.ts";

export const CODENAME_WORDS = 12;

export interface Codename {
  /** Twelve words to write down, in lower case, with the accents of their language. */
  words: string[];
  /** The 16 bytes that the words stand for. */
  entropy: Uint8Array;
}

export interface UnknownWord {
  /** As it was read: lower case, without accents. */
  word: string;
  /** Words of the list, the nearest first; at most eight. */
  suggestions: string[];
}

export type CodenameReading =
  | { ok: true; entropy: Uint8Array }
  | {
      ok: false;
      /** `checksum`: each word is in the list, but together they are no codename. */
      problem: "count" | "unknown-words" | "checksum";
      /** How many words there were. */
      count: number;
      words: UnknownWord[];
    };

/** A new codename of 128 random bits, in the words of a language. */
export function makeCodename(locale: Locale): Codename {
  const entropy = crypto.getRandomValues(new Uint8Array(16));
  const { words } = locale === "es" ? lists.es : lists.en;
  const text = entropyToMnemonic(entropy, words).normalize("NFC");
  return { words: text.split(" "), entropy };
}

/**
 * Reads a codename as people type it: any case, with or without accents, with commas, line breaks
 * or numbers between, in either language whatever the page's. Never throws.
 */
export function readCodename(text: string): CodenameReading {
  const typed = fold(text.slice(0, longestText)).match(/\p{L}+/gu) ?? [];
  const count = typed.length;
  const list = known(typed, lists.es) > known(typed, lists.en) ? lists.es : lists.en;
  const words = [...new Set(typed)]
    .filter((word) => !list.byFolded.has(word))
    .slice(0, 2 * CODENAME_WORDS)
    .map((word) => ({ word, suggestions: suggestionsFor(word, list) }));
  if (count !== CODENAME_WORDS) return { ok: false, problem: "count", count, words };
  if (words.length > 0) return { ok: false, problem: "unknown-words", count, words };
  // Twelve words that both languages have are not to be expected in the life of the sun.
  const entropy = entropyOf(typed, list);
  return entropy ? { ok: true, entropy } : { ok: false, problem: "checksum", count, words };
}

/** Far beyond any codename; a page must not stand still over a pasted book. */
const longestText = 4000;

interface WordList {
  words: string[];
  byFolded: Map<string, string>;
}

const lists = { en: wordList(english), es: wordList(spanish) };

function wordList(words: readonly string[]): WordList {
  return { words: [...words], byFolded: new Map(words.map((word) => [fold(word), word])) };
}

/** Without case, accents and what copying leaves behind: both lists stay free of doubles. */
function fold(text: string): string {
  return text
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[\p{M}\p{Cf}]/gu, "");
}

function known(typed: string[], { byFolded }: WordList): number {
  return typed.filter((word) => byFolded.has(word)).length;
}

function entropyOf(typed: string[], { words, byFolded }: WordList): Uint8Array | null {
  try {
    return mnemonicToEntropy(typed.map((word) => byFolded.get(word) ?? "").join(" "), words);
  } catch {
    return null;
  }
}

/** Two slips at most, or the first four letters, which no two words of a list share. */
function suggestionsFor(word: string, { byFolded }: WordList): string[] {
  return [...byFolded]
    .map(([folded, whole]) => ({ whole, far: slips(word, folded) }))
    .filter(({ far }) => far <= 2)
    .sort((a, b) => a.far - b.far)
    .slice(0, 8)
    .map(({ whole }) => whole.normalize("NFC"));
}

function slips(word: string, folded: string): number {
  if (word.length >= 4 && word.slice(0, 4) === folded.slice(0, 4)) return 0;
  if (Math.abs(word.length - folded.length) > 2) return Number.POSITIVE_INFINITY;
  const far = distance(word, folded);
  return far === 2 && letters(word) === letters(folded) ? 1 : far;
}

function letters(word: string): string {
  return [...word].sort().join("");
}
