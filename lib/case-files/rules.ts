import type { ProfileTopic, TermKind } from "#db/vocabulary.ts";

/** How the values of a field are read: as prose, as ids of something, as days. */
export type FieldSort =
  | "words"
  | "text"
  | "day"
  | "region"
  | "place"
  | "contact"
  | "credential-type"
  | "compact"
  | "yes-no"
  | "worker-led"
  | "answer"
  | "locale"
  | `term:${TermKind}`;

export type FieldValue = {
  text: string;
  /** What it is an example of: a level of a term, the region of a town, the kind of a contact. */
  level?: string | null;
  detail?: string | null;
};

/** One thing that a profile says, flat enough to be held against another. */
export type ProfileField = {
  topic: ProfileTopic;
  field: string;
  /** Which of several, such as one training; `label` is null where its id has a known name. */
  item: { id: string; label: string | null } | null;
  sort: FieldSort;
  values: readonly FieldValue[];
};

export type Difference = Omit<ProfileField, "values"> & {
  before: readonly FieldValue[];
  after: readonly FieldValue[];
};

/** What stands differently, field by field, in the order of the later one; what went comes last. */
export function differences(
  before: readonly ProfileField[],
  after: readonly ProfileField[],
): Difference[] {
  const earlier = new Map(before.map((field) => [keyOf(field), field]));
  const later = new Set(after.map(keyOf));
  const gone = before.filter((field) => !later.has(keyOf(field)));
  return [
    ...after.map(({ values, ...field }) => ({
      ...field,
      before: earlier.get(keyOf(field))?.values ?? [],
      after: values,
    })),
    ...gone.map(({ values, ...field }) => ({ ...field, before: values, after: [] })),
  ].filter((difference) => !sameValues(difference.before, difference.after));
}

function keyOf({ topic, field, item }: Pick<ProfileField, "topic" | "field" | "item">): string {
  return JSON.stringify([topic, field, item?.id ?? null]);
}

export function sameValues(one: readonly FieldValue[], other: readonly FieldValue[]): boolean {
  const plain = (values: readonly FieldValue[]) => JSON.stringify(values.map(valueKey));
  return plain(one) === plain(other);
}

/** The same for two values that say the same. */
export function valueKey({ text, level = null, detail = null }: FieldValue): string {
  return JSON.stringify([text, level, detail]);
}

export type WordPart = { kind: "same" | "del" | "ins"; text: string };

/**
 * Two texts as one, word by word: `same` and `del` together are the first, `same` and `ins` the
 * second. The longest common run of words stays; texts of a profile are short enough for a table.
 * Where hardly a word stays, one text follows the other whole: nobody can read two at once.
 */
export function wordParts(before: string, after: string): WordPart[] {
  const [old, fresh] = [wordsOf(before), wordsOf(after)];
  const lengths = commonLengths(old, fresh);
  const parts: WordPart[] = [];
  let [i, j] = [0, 0];
  while (i < old.length || j < fresh.length) {
    const [gone, come] = [old[i], fresh[j]];
    if (gone !== undefined && gone === come) {
      add(parts, "same", gone);
      i += 1;
      j += 1;
    } else if (come === undefined || lengths(i + 1, j) >= lengths(i, j + 1)) {
      add(parts, "del", gone ?? "");
      i += 1;
    } else {
      add(parts, "ins", come);
      j += 1;
    }
  }
  const kept = parts.filter(({ kind }) => kind === "same").map(({ text }) => text);
  if (letters(kept.join("")) * 3 >= Math.min(letters(before), letters(after))) return parts;
  return [
    { kind: "del", text: before },
    { kind: "ins", text: after },
  ];
}

function letters(text: string): number {
  return text.replaceAll(/\s/g, "").length;
}

/** Words and the spaces between them, so that nothing of the text is lost. */
function wordsOf(text: string): string[] {
  return text.match(/\s+|\S+/g) ?? [];
}

/** Length of the longest common run from `i` in one and `j` in the other; nothing beyond the end. */
function commonLengths(one: readonly string[], other: readonly string[]) {
  const width = other.length + 1;
  const table = new Uint16Array((one.length + 1) * width);
  const at = (i: number, j: number) => table[i * width + j] ?? 0;
  for (let i = one.length - 1; i >= 0; i -= 1) {
    for (let j = other.length - 1; j >= 0; j -= 1) {
      table[i * width + j] =
        one[i] === other[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  return (i: number, j: number) => (i > one.length || j > other.length ? -1 : at(i, j));
}

function add(parts: WordPart[], kind: WordPart["kind"], text: string): void {
  const last = parts.at(-1);
  if (last?.kind === kind) last.text += text;
  else parts.push({ kind, text });
}
