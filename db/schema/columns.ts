import { type SQL, sql } from "drizzle-orm";
import { type AnyPgColumn, check, customType, text } from "drizzle-orm/pg-core";

/** A primary key that says nothing: random, made by Postgres where nobody gives one. */
export function opaqueId() {
  return text().primaryKey().default(sql`gen_random_uuid()::text`);
}

/** A CHECK that a text column holds one of a vocabulary's words. */
export function oneOf(name: string, column: AnyPgColumn, words: readonly string[]) {
  const list = words.map((word) => `'${word}'`).join(", ");
  return check(name, sql`${column} in (${sql.raw(list)})`);
}

/** A text column that is typed by a vocabulary; pair it with `oneOf`. */
export function wordOf<const W extends readonly [string, ...string[]]>(words: W) {
  return text({ enum: words as unknown as [W[number], ...W[number][]] });
}

/** A calendar day as `YYYY-MM-DD`: no hours, so no time zone can move it. */
export const day = customType<{ data: string; driverData: string }>({
  dataType: () => "date",
});

/** A CHECK that a text is neither blank nor longer than `max` characters. */
export function textWithin(name: string, column: AnyPgColumn, max: number) {
  return check(
    name,
    sql`char_length(${column}) <= ${sql.raw(String(max))} and btrim(${column}) <> ''`,
  );
}

/** The digits of a number in their order: an index by them finds the few that may be the same one. */
export function digitsOf(number: AnyPgColumn | SQL): SQL {
  return sql`regexp_replace(${number} collate "C", '[^0-9]', '', 'g')`;
}
