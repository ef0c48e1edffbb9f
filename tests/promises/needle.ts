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
  const lower = word.toLowerCase();
  return new Map([
    ...asText(word, ""),
    ...asText(lower, "lower"),
    ...asText(word.toUpperCase(), "upper"),
    ...asText(swapped(word), "swapped"),
    ...encoded(word, ""),
    ...encoded(lower, "lower"),
    ...pieces(word),
  ]);
}

/** The shapes in which it stands somewhere in the bytes. */
export function shapesIn(bytes: Buffer, forms: Forms): string[] {
  return [...forms].filter(([, form]) => bytes.includes(form)).map(([name]) => name);
}

function* asText(text: string, name: string): Generator<[string, Buffer]> {
  yield [`plain ${name}`, Buffer.from(text)];
  yield [`UTF-16LE ${name}`, Buffer.from(text, "utf16le")];
  yield [`UTF-16BE ${name}`, Buffer.from(text, "utf16le").swap16()];
}

function* encoded(text: string, name: string): Generator<[string, Buffer]> {
  const hex = Buffer.from(text).toString("hex");
  for (const [form, digits] of Object.entries({ hex, HEX: hex.toUpperCase() })) {
    yield [`${form} ${name}`, Buffer.from(digits)];
    yield [`percent ${form} ${name}`, Buffer.from(digits.replaceAll(/../g, "%$&"))];
  }
  yield [`backwards ${name}`, Buffer.from([...text].reverse().join(""))];
  for (const shift of [0, 1, 2]) {
    yield [`base64 +${shift} ${name}`, Buffer.from(inBase64(text, shift))];
  }
}

/** The packing inside of tables keeps runs of eight as they are. */
function* pieces(word: string): Generator<[string, Buffer]> {
  for (let at = 0; at + piece <= word.length; at++) {
    yield [`piece ${at}`, Buffer.from(word.slice(at, at + piece))];
  }
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
