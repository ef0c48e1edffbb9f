import { z } from "zod";

/** What a person typed, by the names of the fields; a field that came twice has two values. */
export type Typed = Readonly<Record<string, readonly string[]>>;

/** What is wrong with a field: a key under `forms.error` in the message files, and its numbers. */
export type FieldError = { code: string; values?: Record<string, string | number> };
/** By field name; a field of a row is called `locations.0.city`. */
export type FieldErrors = Readonly<Record<string, FieldError>>;

/** Which fields of a form hold many values, and which are rows of fields. */
export type Layout = { lists?: readonly string[]; rows?: Readonly<Record<string, number>> };

export type Parsed<T> = { ok: true; value: T } | { ok: false; errors: FieldErrors };

const fieldName = /^[a-zA-Z][\w-]{0,60}(?:\.\d{1,2}\.[a-zA-Z]\w{0,40})?$/;
const MAX_VALUE_LENGTH = 20_000;
const MAX_FIELDS = 2_000;

/**
 * The text fields of a form that was sent. Names we would never write are left out; line ends are
 * made alike; what no text can hold (NUL, half characters) is taken out.
 */
export function typedOf(entries: Iterable<[string, unknown]>): Typed {
  const typed = new Map<string, string[]>();
  let fields = 0;
  for (const [name, value] of entries) {
    if (typeof value !== "string" || !fieldName.test(name)) continue;
    fields += 1;
    if (fields > MAX_FIELDS) break;
    const clean = value.replaceAll(/\r\n?/g, "\n").replaceAll("\0", "");
    const values = typed.get(name) ?? [];
    // Cut first: the cut may leave half a character behind.
    values.push(clean.slice(0, MAX_VALUE_LENGTH).toWellFormed());
    typed.set(name, values);
  }
  return Object.fromEntries(typed);
}

export function typedValue(typed: Typed, name: string): string {
  return Object.hasOwn(typed, name) ? (typed[name]?.at(-1) ?? "") : "";
}

export function typedList(typed: Typed, name: string): readonly string[] {
  return Object.hasOwn(typed, name) ? (typed[name] ?? []) : [];
}

/** How many rows of a kind were typed: one more than the highest number. */
export function rowCount(typed: Typed, rows: string, max: number): number {
  const numbers = Object.keys(typed)
    .filter((name) => name.startsWith(`${rows}.`))
    .map((name) => Number(name.split(".")[1]) + 1);
  return Math.min(max, Math.max(0, ...numbers));
}

/** Holds what was typed against a schema; every field that is wrong is named, not only the first. */
export function parseForm<S extends z.ZodType>(
  schema: S,
  typed: Typed,
  layout: Layout = {},
): Parsed<z.output<S>> {
  const result = schema.safeParse(toObject(schema, typed, layout));
  if (result.success) return { ok: true, value: result.data };
  const errors: Record<string, FieldError> = {};
  for (const issue of result.error.issues) {
    const name = nameOf(issue.path, layout);
    errors[name] ??= errorOf(issue);
  }
  return { ok: false, errors };
}

/** The fields of a schema as the form names them; rows become lists of objects. */
function toObject(schema: z.ZodType, typed: Typed, { lists = [], rows = {} }: Layout) {
  const names = schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];
  return Object.fromEntries(
    names.map((name) => {
      const max = rows[name];
      if (max !== undefined) return [name, rowsOf(typed, name, max)];
      return [name, lists.includes(name) ? typedList(typed, name) : typedValue(typed, name)];
    }),
  );
}

function rowsOf(typed: Typed, name: string, max: number): Record<string, string>[] {
  return Array.from({ length: rowCount(typed, name, max) }, (_, row) => {
    const prefix = `${name}.${row}.`;
    const fields = Object.keys(typed).filter((field) => field.startsWith(prefix));
    return Object.fromEntries(
      fields.map((field) => [field.slice(prefix.length), typedValue(typed, field)]),
    );
  });
}

/** The field that an issue belongs to: a wrong value in a list is the list's. */
function nameOf(path: readonly PropertyKey[], { rows = {} }: Layout): string {
  const [first, ...rest] = path.map(String);
  if (first === undefined) return "";
  return first in rows ? [first, ...rest].slice(0, 3).join(".") : first;
}

function errorOf(issue: z.core.$ZodIssue): FieldError {
  if (issue.code === "custom") {
    return { code: issue.message, ...(issue.params && { values: issue.params }) };
  }
  if (issue.code === "too_big") {
    const kind = issue.origin === "string" ? "too-long" : "too-many";
    const code = issue.origin === "number" ? "too-high" : kind;
    return { code, values: { max: Number(issue.maximum) } };
  }
  if (issue.code === "too_small") {
    if (issue.origin === "number")
      return { code: "too-low", values: { min: Number(issue.minimum) } };
    if (Number(issue.minimum) <= 1)
      return { code: issue.origin === "string" ? "required" : "choose" };
    return { code: "too-short", values: { min: Number(issue.minimum) } };
  }
  if (issue.code === "invalid_type") return { code: "required" };
  if (issue.code === "invalid_format") return { code: `not-${issue.format}` };
  return { code: "choose" };
}

export type RowsIntent = { what: "add" | "remove"; rows: string; row: number };

/** `add:locations` or `remove:locations.1`, from a button that changes rows without saving. */
export function rowsIntent(typed: Typed): RowsIntent | null {
  const match = /^(add|remove):([a-zA-Z]+)(?:\.(\d{1,2}))?$/.exec(typedValue(typed, "intent"));
  if (!match) return null;
  return { what: match[1] as "add" | "remove", rows: match[2] ?? "", row: Number(match[3] ?? 0) };
}

/** The same form with a row more or less; `field` is any field of a row, so that it counts. */
export function changeRows(typed: Typed, intent: RowsIntent, field: string, max: number): Typed {
  const { what, rows, row } = intent;
  const count = rowCount(typed, rows, max);
  if (what === "add") {
    return count < max ? { ...typed, [`${rows}.${count}.${field}`]: [""] } : typed;
  }
  const moved = Object.entries(typed).flatMap(([name, values]) => {
    const [group, number, part] = name.split(".");
    if (group !== rows || part === undefined) return [[name, values] as const];
    if (Number(number) === row) return [];
    const at = Number(number) > row ? Number(number) - 1 : Number(number);
    return [[`${rows}.${at}.${part}`, values] as const];
  });
  return Object.fromEntries(moved);
}
