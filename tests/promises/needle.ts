import { randomBytes } from "node:crypto";

/** What a search looks for, and in how many shapes it may lie somewhere. */
export type Forms = ReadonlyMap<string, Buffer>;

const alphabet = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789";
const length = 20;
/** The shortest piece that is never there by chance. */
const piece = 8;

/**
 * A word that is nowhere yet. Letters and digits alone: addresses, pages, headers and JSON leave
 * it as it is.
 */
export function makeNeedle(): string {
  return Array.from(randomBytes(length), (byte) => alphabet[byte % alphabet.length]).join("");
}

/** Every shape of a word that is looked for. Compression is taken off before (`unpacked`). */
export function formsOf(word: string): Forms {
  const forms = new Map<string, Buffer>();
  const cases = {
    "": word,
    lower: word.toLowerCase(),
    upper: word.toUpperCase(),
    swapped: swapped(word),
  };
  for (const [name, text] of Object.entries(cases)) {
    const add = (form: string, bytes: Buffer | string) =>
      forms.set([form, name].filter(Boolean).join(", "), Buffer.from(bytes));
    add("plain", text);
    add("UTF-16LE", Buffer.from(text, "utf16le"));
    add("UTF-16BE", Buffer.from(text, "utf16le").swap16());
    add("backwards", [...text].reverse().join(""));
    const hex = Buffer.from(text).toString("hex");
    add("hex", hex);
    add("HEX", hex.toUpperCase());
    add("percent", hex.replaceAll(/../g, "%$&"));
    add("PERCENT", hex.toUpperCase().replaceAll(/../g, "%$&"));
    for (const shift of [0, 1, 2]) add(`base64 +${shift}`, inBase64(text, shift));
    // The packing inside of tables and indexes keeps runs of eight as they are.
    for (let at = 0; at + piece <= text.length; at++) {
      if (name === "" || name === "lower") add(`piece ${at}`, text.slice(at, at + piece));
    }
  }
  return forms;
}

/** The shapes in which it stands somewhere in the bytes. */
export function shapesIn(bytes: Buffer, forms: Forms): string[] {
  return [...forms].filter(([, form]) => bytes.includes(form)).map(([name]) => name);
}

function swapped(word: string): string {
  return word.replaceAll(/./g, (letter) =>
    letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase(),
  );
}

/** The characters that hold nothing but the word, wherever in a longer text it begins. */
function inBase64(word: string, shift: number): string {
  const whole = Buffer.from("x".repeat(shift) + word).toString("base64");
  return whole.slice(Math.ceil((shift * 8) / 6), Math.floor(((shift + word.length) * 8) / 6));
}
