import type { FieldErrors, Typed } from "#lib/forms/rules.ts";
import type { Page } from "../ui/page.ts";

/** A form on a page: what stands in its fields, what is wrong with them, and what they are called. */
export type FormView = {
  page: Page;
  typed: Typed;
  errors: FieldErrors;
  /** The label of a field, by its name without the number of its row. */
  label: (field: string) => string;
};

/** `locations.0.city` -> `locations.city`: rows share their labels. */
export function baseName(name: string): string {
  return name.replace(/\.\d+\./, ".");
}

export function errorText({ page, errors }: FormView, name: string): string | undefined {
  const error = Object.hasOwn(errors, name) ? errors[name] : undefined;
  if (!error) return undefined;
  // The codes are data; each has a text under `forms.error`, and one that has none says so.
  const say = page.t as unknown as {
    (key: string, values?: Record<string, string | number>): string;
    has: (key: string) => boolean;
  };
  const key = `forms.error.${error.code}`;
  return say.has(key) ? say(key, error.values) : page.t("forms.error.choose");
}

/** Ids of hint and error, for `aria-describedby`. */
export function describedBy(
  name: string,
  parts: { hint?: unknown; error?: unknown; count?: unknown },
) {
  const ids = [
    parts.hint && `${name}-hint`,
    parts.count && `${name}-count`,
    parts.error && `${name}-error`,
  ].filter(Boolean);
  return ids.length > 0 ? ids.join(" ") : undefined;
}
