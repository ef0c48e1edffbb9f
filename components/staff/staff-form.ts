import type { FieldErrors, Typed } from "#lib/forms/rules.ts";
import type { FormView } from "../forms/form-view.ts";
import type { Page } from "../ui/page.ts";

type Sent = { typed?: Typed; errors?: FieldErrors };

/** A form of the pages about people. */
export function staffForm(page: Page, { typed = {}, errors = {} }: Sent = {}): FormView {
  const say = page.t as unknown as (key: string) => string;
  return { page, typed, errors, label: (field) => say(`roles.field.${field}`) };
}
