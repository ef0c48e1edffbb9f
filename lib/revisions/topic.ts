import type { z } from "zod";
import type { Db } from "#db/client.ts";
import { type Layout, type Parsed, parseForm, type Typed } from "#lib/forms/rules.ts";
import type { Draft } from "./open-draft.ts";
import type { EditorView } from "./queries.ts";

/** Writes what a form said into a draft. */
export type Write = (draft: Draft, tx: Db) => Promise<void>;

/** One page of the editor: how its form is filled, what it may hold, and how that is written. */
export type Topic = {
  layout: Layout;
  fill: (view: EditorView) => Typed;
  /** Every field that is wrong, or a way to write it all. */
  read: (typed: Typed) => Promise<Parsed<Write>>;
};

/** A topic whose form says everything by its schema. */
export function topic<S extends z.ZodType>(
  schema: S,
  parts: {
    layout?: Layout;
    fill: Topic["fill"];
    write: (value: z.output<S>, draft: Draft, tx: Db) => Promise<void>;
  },
): Topic {
  const { layout = {}, fill, write } = parts;
  return {
    layout,
    fill,
    read: async (typed) => {
      const parsed = parseForm(schema, typed, layout);
      if (!parsed.ok) return parsed;
      return { ok: true, value: (draft, tx) => write(parsed.value, draft, tx) };
    },
  };
}

/** What stands in a field of text; nothing for null. */
export function said(value: string | number | null | undefined): string[] {
  return value === null || value === undefined ? [] : [String(value)];
}

/** `locations.0.city`, … for each row. */
export function filledRows(
  name: string,
  rows: readonly Record<string, string | number | null>[],
): Typed {
  return Object.fromEntries(
    rows.flatMap((row, position) =>
      Object.entries(row).map(([field, value]) => [
        `${name}.${position}.${field}`,
        [String(value ?? "")],
      ]),
    ),
  );
}
