import { readCodename } from "#lib/letters/codename.ts";
import { part, wordsFor } from "./parts.ts";

/** The 16 bytes of the twelve words typed in a field; null, once it says what is wrong with them. */
export function readTyped(root: HTMLElement): Uint8Array | null {
  const field = part<HTMLTextAreaElement>(root, "words-typed");
  const reading = readCodename(field.value);
  if (reading.ok) {
    clear(root, field);
    return reading.entropy;
  }
  const { problem, count, words } = reading;
  // A word that is unknown says more than a number that is wrong.
  const name = words.length > 0 && count > 0 ? "unknown-words" : problem;
  say(root, field, wordsFor(root, name, { count }));
  suggest(root, field, words);
  field.focus();
  return null;
}

function clear(root: HTMLElement, field: HTMLTextAreaElement): void {
  say(root, field, "");
  suggest(root, field, []);
}

function say(root: HTMLElement, field: HTMLTextAreaElement, words: string): void {
  const line = part(root, "words-problem");
  line.textContent = words;
  line.hidden = words === "";
  field.ariaInvalid = words === "" ? null : "true";
}

type Unknown = { word: string; suggestions: string[] };

/** For each unknown word a line with buttons that put a known one in its place. */
function suggest(root: HTMLElement, field: HTMLTextAreaElement, unknown: Unknown[]): void {
  const list = part(root, "suggestions");
  list.hidden = unknown.length === 0;
  list.replaceChildren(
    ...unknown.map(({ word, suggestions }) => {
      const line = document.createElement("p");
      const name = suggestions.length > 0 ? "did-you-mean" : "no-such-word";
      line.append(wordsFor(root, name, { word }), " ");
      for (const suggestion of suggestions.slice(0, 4)) {
        const button = document.createElement("button");
        button.type = "button";
        button.className = "suggestion";
        button.textContent = suggestion;
        button.addEventListener("click", () => {
          field.value = replaceWord(field.value, word, suggestion);
          line.remove();
          if (list.children.length === 0) readTyped(root);
          field.focus();
        });
        line.append(button, " ");
      }
      return line;
    }),
  );
}

function replaceWord(text: string, word: string, by: string): string {
  return text.replace(/[\p{L}\p{M}\p{Cf}]+/gu, (typed) => (plain(typed) === word ? by : typed));
}

/** As `readCodename` gives unknown words back. */
export function plain(word: string): string {
  return word
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[\p{M}\p{Cf}]/gu, "");
}
