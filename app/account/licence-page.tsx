import { LicenceForm, type LicenceView } from "#components/editor/licence-form.tsx";
import type { FormView } from "#components/forms/form-view.ts";
import type { Page } from "#components/ui/page.ts";
import { compactsFor, lettersOf, typesIn } from "#lib/credentials/claim-choices.ts";
import { type CredentialForm, credentialForm } from "#lib/credentials/schema.ts";
import { BodyError, NotFoundError } from "#lib/errors.ts";
import {
  type FieldErrors,
  type Parsed,
  parseForm,
  type Typed,
  typedValue,
} from "#lib/forms/rules.ts";
import { type CredentialType, registerFor } from "#lib/reference/queries.ts";
import { numberFormat } from "#lib/reference/rules.ts";
import type { ClaimedCredential } from "#lib/revisions/queries.ts";
import { fieldLabel } from "./topic-page.tsx";

/** A place and a type that go together; anything else is an address that somebody made up. */
export function chosenType(typeId: string, jurisdiction: string): CredentialType {
  const type = typesIn(jurisdiction).find(({ id }) => id === typeId);
  if (!type) throw new NotFoundError();
  return type;
}

/** The same of a form, where they are hidden fields of ours. */
export function sentType(typed: Typed): { type: CredentialType; place: string } {
  const place = typedValue(typed, "jurisdiction");
  const type = typesIn(place).find(({ id }) => id === typedValue(typed, "typeId"));
  if (!type) throw new BodyError("no-form");
  return { type, place };
}

/** What the type and the place allow is checked beside the shape. */
export function readLicence(typed: Typed): Parsed<CredentialForm> {
  const parsed = parseForm(credentialForm, typed);
  if (!parsed.ok) return parsed;
  const { typeId, jurisdiction, compactId, supervised } = parsed.value;
  const type = chosenType(typeId, jurisdiction);
  const errors: Record<string, FieldErrors[string]> = {};
  if (compactId && !compactsFor(type, jurisdiction).some(({ id }) => id === compactId)) {
    errors.compactId = { code: "choose" };
  }
  if (type.supervisionRequired && supervised !== "yes") {
    errors.supervised = { code: "supervision-needed" };
  }
  return Object.keys(errors).length > 0 ? { ok: false, errors } : parsed;
}

type Shown = {
  typed: Typed;
  errors?: FieldErrors;
  credential: ClaimedCredential | null;
  saved?: boolean;
  conflict?: boolean;
  frozen?: boolean;
  status?: number;
};

export function licenceAnswer(
  page: Page,
  type: CredentialType,
  jurisdiction: string,
  shown: Shown,
) {
  const { typed, errors = {}, credential, status = 200 } = shown;
  const form: FormView = { page, typed, errors, label: (field) => fieldLabel(page, field) };
  const register = registerFor(type.id, jurisdiction);
  const number = typed.number?.[0] ?? "";
  const view: LicenceView = {
    title: type.title[page.locale],
    place: jurisdiction ? page.region(jurisdiction) : null,
    typeId: type.id,
    jurisdiction,
    letters: lettersOf(type, jurisdiction),
    compacts: compactsFor(type, jurisdiction).map(({ id, name }) => ({
      id,
      name: name[page.locale],
    })),
    supervisionRequired: type.supervisionRequired,
    register: register ?? null,
    numberDiffers: number !== "" && numberFormat(type, number) === "differs",
    id: credential?.id ?? null,
    version: credential?.claimVersion ?? 0,
    isLive: credential?.stage === "current",
    leaving: credential?.retireProposed ?? false,
    saved: shown.saved ?? false,
    conflict: shown.conflict ?? false,
    frozen: shown.frozen ?? false,
  };
  return { title: view.title, status, body: <LicenceForm form={form} view={view} /> };
}
