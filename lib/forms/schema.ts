import { z } from "zod";

/** Fields as forms send them: always text, blank where nothing was said. */

/** @param max in characters as people count them */
export const requiredText = (max: number, min = 1) =>
  z.string().trim().min(1).refine(longEnough(min), tooShort(min)).refine(within(max), tooLong(max));

export const optionalText = (max: number) =>
  z
    .string()
    .default("")
    .transform((text) => text.trim())
    .refine(within(max), tooLong(max))
    .transform((text) => text || null);

export const checkbox = z
  .string()
  .default("")
  .transform((value) => value === "on");

/** One of the given ids; blank counts as not answered. */
export const oneOf = (ids: readonly string[]) =>
  z
    .string()
    .min(1)
    .refine((id) => ids.includes(id), "choose");

export const oneOrNone = (ids: readonly string[]) =>
  z
    .string()
    .default("")
    .refine((id) => id === "" || ids.includes(id), "choose")
    .transform((id) => id || null);

/** Any of the given ids, each once. */
export const manyOf = (ids: readonly string[], options: { min?: number; max?: number } = {}) =>
  z
    .array(
      z
        .string()
        .max(100)
        .refine((id) => ids.includes(id), "choose"),
    )
    .max(options.max ?? ids.length + 1)
    .transform((chosen) => [...new Set(chosen)])
    .refine((chosen) => chosen.length >= (options.min ?? 0), "choose");

const isDay = (day: string) =>
  // Calendars, and Postgres, have no year 0.
  /^(?!0000)\d{4}-\d{2}-\d{2}$/.test(day) &&
  !Number.isNaN(Date.parse(`${day}T00:00:00Z`)) &&
  new Date(`${day}T00:00:00Z`).toISOString().startsWith(day);

/** A calendar day, `YYYY-MM-DD`. */
export const optionalDay = z
  .string()
  .default("")
  .transform((day) => day.trim())
  .refine((day) => day === "" || isDay(day), "not-a-day")
  .transform((day) => day || null);

const wholeNumber = (text: string) => /^\d{1,9}$/.test(text);

export const optionalNumber = (min: number, max: number) =>
  z
    .string()
    .default("")
    .transform((text) => text.trim())
    .refine((text) => text === "" || wholeNumber(text), "not-a-number")
    .transform((text) => (text === "" ? null : Number(text)))
    .pipe(z.int().min(min).max(max).nullable());

/** The version of what a form was made from, so that two tabs are told apart. */
export const version = z
  .string()
  .default("0")
  .transform((text) => (wholeNumber(text) ? Number(text) : 0));

function within(max: number) {
  return (text: string) => lengthOf(text) <= max;
}

function longEnough(min: number) {
  return (text: string) => min <= 1 || lengthOf(text) === 0 || lengthOf(text) >= min;
}

const tooLong = (max: number) => ({ message: "too-long", params: { max } });
const tooShort = (min: number) => ({ message: "too-short", params: { min } });

/** Code points, as Postgres counts them and as near to what people see as matters here. */
export function lengthOf(text: string): number {
  return [...text].length;
}
