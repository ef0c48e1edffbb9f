/** What can go wrong with a register, as a short code; `detail` says it more closely. */
export const registerFaults = [
  "timeout",
  "no-answer",
  "status",
  "asked-to-wait",
  "redirect",
  "too-large",
  "cut-off",
  "malformed",
  "wrong-columns",
  "empty",
  "shrunk",
  "refused",
  "no-file",
  "not-read-yet",
] as const;

export type RegisterFault = (typeof registerFaults)[number];

/** A register did not answer, or not with what it should. Says nothing about any therapist. */
export class RegisterError extends Error {
  override readonly name = "RegisterError";
  readonly fault: RegisterFault;
  readonly detail: string;
  /** Milliseconds after which asking once more may help; null where only a person can help. */
  readonly againAfter: number | null;

  constructor(fault: RegisterFault, detail = "", againAfter: number | null = null) {
    super(faultText(fault, detail));
    this.fault = fault;
    this.detail = detail;
    this.againAfter = againAfter;
  }
}

/** As it is stored: the code, and behind a space what it is about. */
function faultText(fault: RegisterFault, detail: string): string {
  return detail ? `${fault} ${detail}` : fault;
}

/** The other way round; null for a text that is none of ours. */
export function readFault(text: string): { fault: RegisterFault; detail: string } | null {
  const [code = "", ...rest] = text.split(" ");
  const fault = registerFaults.find((known) => known === code);
  return fault ? { fault, detail: rest.join(" ") } : null;
}

/** Plain small letters alone, so that `García-López` and `GARCIA LOPEZ` are the same. */
export function foldName(text: string): string {
  return text
    .normalize("NFKD")
    .toLowerCase()
    .replaceAll(/[ßøłæœđþð]/g, (letter) => plainLetters[letter] ?? letter)
    .replaceAll(/[^\p{L}]/gu, "");
}

const plainLetters: Readonly<Record<string, string>> = {
  ß: "ss",
  ø: "o",
  ł: "l",
  æ: "ae",
  œ: "oe",
  đ: "d",
  þ: "th",
  ð: "d",
};

const titles = /^(dr|prof|mr|mrs|ms|mx|jr|sr|ii|iii|iv)$/;
const mostSurnames = 3;

/** The words of a name as its owner writes it; titles and letters after a comma are left out. */
export function nameWords(name: string): string[] {
  const [main = "", ...after] = name.split(",");
  const words = wordsIn(main);
  return words.length > 1 ? words : wordsIn([...after, main].join(" "));
}

function wordsIn(text: string): string[] {
  return text.split(/\s+/).filter((word) => {
    const folded = foldName(word);
    return folded !== "" && !titles.test(folded);
  });
}

/**
 * What a name is looked up by: `last|first`, folded. Nobody says which words are the surname, so
 * each ending of the name counts as one.
 */
export function nameKeys(name: string): string[] {
  const words = nameWords(name).map(foldName);
  const keys = [1, 2].flatMap((given) => {
    const first = words.slice(0, given).join("");
    const begins = words.map((_, place) => place).filter((place) => place >= given);
    return begins.slice(-mostSurnames).map((place) => `${words.slice(place).join("")}|${first}`);
  });
  return [...new Set(keys)];
}

/** The same for a register that says which is which. */
export function registerNameKeys(last: string, first: string): string[] {
  const surname = wordsIn(last).map(foldName).join("");
  const given = wordsIn(first).map(foldName);
  if (surname === "" || given.length === 0) return [];
  return [...new Set([given[0], given.join("")].map((name) => `${surname}|${name}`))];
}

/** `Ruiz, Ana` or `Ana Ruiz`, as registers print names in one column. */
export function splitFullName(name: string): { last: string; first: string } {
  const comma = name.indexOf(",");
  if (comma > 0) return { last: name.slice(0, comma), first: name.slice(comma + 1).trim() };
  const words = wordsIn(name);
  return { last: words.at(-1) ?? "", first: words.slice(0, -1).join(" ") };
}

/**
 * What a number is looked up by, however it is spaced: `LMFT 0123` is also `0123` and `123`, and
 * the other way round. @param letters those of the licence; none for what a register prints
 */
export function numberKeys(number: string, letters = ""): string[] {
  const plain = plainNumber(number);
  const prefix = plainNumber(letters);
  const bare = prefix && plain.startsWith(prefix) ? plain.slice(prefix.length) : plain;
  // Letters alone are no number: a blank licence number would find everyone without one.
  if (!/\d/.test(bare)) return [];
  return [...new Set([plain, bare, prefix + bare].flatMap(withoutZeros))];
}

function plainNumber(text: string): string {
  return text
    .normalize("NFKD")
    .toUpperCase()
    .replaceAll(/[^A-Z0-9]/g, "");
}

function withoutZeros(number: string): string[] {
  return [number, number.replace(/^([A-Z]*)0+(?=\d)/, "$1")];
}

/** A file with far fewer rows than the last one is a broken file until someone has looked. */
export function hasShrunk(before: number, now: number): boolean {
  return now < before * (1 - mostShrink);
}

const mostShrink = 0.2;

/** `20240118` as a day; null for `00000000`, which registers write for "none". */
export function compactDay(digits: string): string | null {
  const [, year, month, day] = /^(\d{4})(\d{2})(\d{2})$/.exec(digits.trim()) ?? [];
  if (!year || year === "0000") return null;
  return `${year}-${month}-${day}`;
}
