import type { FieldErrors, Typed } from "#lib/forms/rules.ts";
import type { FormView } from "../forms/form-view.ts";
import type { Page } from "../ui/page.ts";

type Sent = { typed?: Typed; errors?: FieldErrors };

/** A form of the sign-in pages. */
export function signInForm(page: Page, { typed = {}, errors = {} }: Sent = {}): FormView {
  return { page, typed, errors, label: labelsOf(page, "signIn.field") };
}

/** A form of the settings. */
export function settingsForm(page: Page, { typed = {}, errors = {} }: Sent = {}): FormView {
  return { page, typed, errors, label: labelsOf(page, "settings.field") };
}

/** Names of fields are data here; a test says every text. */
function labelsOf({ t }: Page, area: "signIn.field" | "settings.field") {
  const say = t as unknown as (key: string) => string;
  return (field: string) => say(`${area}.${field}`);
}
