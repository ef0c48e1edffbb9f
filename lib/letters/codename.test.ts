import { entropyToMnemonic } from "@scure/bip39";
import { wordlist as english } from "@scure/bip39/wordlists/english.js";
import { wordlist as spanish } from "@scure/bip39/wordlists/spanish.js";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { makeCodename, readCodename } from "./codename.ts";

const anyUnit = fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code));
const lists = { en: english.map(plain), es: spanish.map(plain) };
const locale = fc.constantFrom("en" as const, "es" as const);
const entropies = fc.uint8Array({ minLength: 16, maxLength: 16 });

describe("makeCodename", () => {
  test.each(["en", "es"] as const)("gives twelve words of the list (%s)", (of) => {
    const { words, entropy } = makeCodename(of);
    expect(words).toHaveLength(12);
    for (const word of words) expect(lists[of]).toContain(plain(word));
    expect(readCodename(words.join(" "))).toEqual({ ok: true, entropy });
  });

  test("never gives the same one twice", () => {
    const made = Array.from({ length: 100 }, () => makeCodename("en").words.join(" "));
    expect(new Set(made).size).toBe(100);
  });

  test("has no two words that differ by accents alone", () => {
    expect(new Set(lists.en).size).toBe(2048);
    expect(new Set(lists.es).size).toBe(2048);
  });
});

describe("readCodename", { timeout: 60_000 }, () => {
  test("reads whatever a person makes of the words", () => {
    const between = fc.constantFrom(" ", ", ", "\n", "\r\n", " \t ", "; ", " - ", "\u00a0", ".");
    const shape = fc.constantFrom(
      (word: string) => word,
      (word: string) => word.toUpperCase(),
      (word: string) => `${word[0]?.toUpperCase()}${word.slice(1)}`,
      (word: string) => word.normalize("NFD"),
      (word: string) => plain(word),
      (word: string) => `\u200b${word}\u00ad`,
    );
    fc.assert(
      fc.property(
        entropies,
        locale,
        between,
        shape,
        fc.boolean(),
        (entropy, of, gap, as, count) => {
          const words = wordsOf(entropy, of).map(
            (word, at) => (count ? `${at + 1}. ` : "") + as(word),
          );
          expect(readCodename(`  ${words.join(gap)}\n`)).toEqual({ ok: true, entropy });
        },
      ),
    );
  });

  test("counts the words", () => {
    const words = wordsOf(new Uint8Array(16), "en");
    expect(readCodename("")).toEqual({ ok: false, problem: "count", count: 0, words: [] });
    expect(readCodename(words.slice(1).join(" "))).toMatchObject({ problem: "count", count: 11 });
    expect(readCodename([...words, "abandon"].join(" "))).toMatchObject({ count: 13 });
    expect(readCodename(`abandonability ${words.slice(2).join(" ")}`)).toMatchObject({
      problem: "count",
      words: [{ word: "abandonability", suggestions: expect.arrayContaining(["abandon"]) }],
    });
  });

  test("suggests the right word after any slip of one letter", () => {
    const slip = fc.record({
      at: fc.nat(20),
      letter: fc.constantFrom(..."abcdefghijklmnopqrstuvwxyz"),
      kind: fc.constantFrom("change", "add", "drop", "turn"),
    });
    fc.assert(
      fc.property(entropies, locale, fc.nat(11), slip, (entropy, of, place, how) => {
        const words = wordsOf(entropy, of);
        const right = words[place] ?? "";
        const wrong = slipped(plain(right), how);
        fc.pre(wrong !== "" && !lists.en.includes(wrong) && !lists.es.includes(wrong));
        words[place] = wrong;
        const reading = readCodename(words.join(" "));
        expect(reading).toMatchObject({ ok: false, problem: "unknown-words" });
        const suggestions = reading.ok ? [] : reading.words.flatMap((word) => word.suggestions);
        expect(suggestions).toContain(right);
      }),
      { numRuns: 500 },
    );
  });

  test.each(["en", "es"] as const)("suggests for any slip in any word of the list (%s)", (of) => {
    const others = wordsOf(new Uint8Array(16), of).slice(1).join(" ");
    const missed = lists[of].filter((word) => {
      const typo = `${word.slice(0, -1)}${word.endsWith("q") ? "w" : "q"}`;
      const reading = readCodename(`${typo} ${others}`);
      const found = reading.ok ? [] : reading.words.flatMap(({ suggestions }) => suggestions);
      return !found.map(plain).includes(word);
    });
    expect(missed).toEqual([]);
  });

  test.each(["en", "es"] as const)("finds fifteen in sixteen of all wrong words (%s)", (of) => {
    const words = wordsOf(
      Uint8Array.from({ length: 16 }, (_, at) => at * 15),
      of,
    );
    let unseen = 0;
    let tried = 0;
    for (let place = 0; place < 12; place++) {
      // Every eighth word: whole lists say the same, and take ten seconds.
      for (let at = place % 8; at < 2048; at += 8) {
        const other = lists[of][at] ?? "";
        if (other === plain(words[place] ?? "")) continue;
        tried += 1;
        const reading = readCodename(words.with(place, other).join(" "));
        if (reading.ok) unseen += 1;
        else expect(reading.problem).toBe("checksum");
      }
    }
    const share = unseen / tried;
    expect(share).toBeGreaterThan(1 / 16 - 0.015);
    expect(share).toBeLessThan(1 / 16 + 0.015);
  });

  test("answers any text without throwing, and a book as soon as a line", () => {
    fc.assert(
      fc.property(fc.string({ unit: anyUnit, maxLength: 300 }), (text) => {
        expect(readCodename(text)).toHaveProperty("ok", false);
      }),
    );
    readCodename("wrld ".repeat(200_000));
    readCodename("w".repeat(1_000_000));
    readCodename(Array.from({ length: 50_000 }, (_, at) => word(at)).join(" "));
  });
});

function wordsOf(entropy: Uint8Array, of: "en" | "es"): string[] {
  const list = of === "en" ? english : spanish;
  return entropyToMnemonic(entropy, [...list])
    .normalize("NFC")
    .split(" ");
}

function plain(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "");
}

function word(at: number): string {
  return [...String(at)].map((digit) => "abcdefghij"[Number(digit)]).join("");
}

function slipped(word: string, how: { at: number; letter: string; kind: string }): string {
  const at = how.at % word.length;
  const [before, here, after] = [word.slice(0, at), word[at] ?? "", word.slice(at + 1)];
  if (how.kind === "change") return before + how.letter + after;
  if (how.kind === "add") return before + how.letter + here + after;
  if (how.kind === "drop") return before + after;
  return before + (after[0] ?? "") + here + after.slice(1);
}
