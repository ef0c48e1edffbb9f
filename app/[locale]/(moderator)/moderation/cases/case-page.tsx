import type { CaseNames } from "#components/cases/case-words.ts";
import type { FormView } from "#components/forms/form-view.ts";
import type { Page } from "#components/ui/page.ts";
import type { Session } from "#lib/auth/rules.ts";
import { type CaseFile, getCaseFile } from "#lib/case-files/queries.ts";
import { ConflictError, NotFoundError } from "#lib/errors.ts";
import type { FieldErrors, Typed } from "#lib/forms/rules.ts";
import {
  findCredentialType,
  listCompacts,
  listLevels,
  practiceStatements,
} from "#lib/reference/queries.ts";

export type CaseParams = { locale: string; id: string };

/** A case that the actor has claimed, for pages that do something with it. */
export async function requireClaimed(page: Page, session: Session, id: string): Promise<CaseFile> {
  const file = await getCaseFile(session, id, page.today);
  if (file.case.closedAt) throw new ConflictError("already-decided");
  if (!file.details) throw new ConflictError("not-claimed");
  return file;
}

/** The claim of a look in a case. @throws NotFoundError when it is no part of what is seen */
export function requireClaim({ claims }: CaseFile, checkId: string) {
  const claim = claims.find(({ now }) => now.id === checkId);
  if (!claim) throw new NotFoundError();
  return claim;
}

export function namesFor({ locale }: Page): CaseNames {
  return {
    statement: (id) =>
      practiceStatements().find((statement) => statement.id === id)?.prompt[locale] ?? id,
    credentialType: (id) => findCredentialType(id)?.title[locale] ?? id,
    compact: (id) => listCompacts().find((compact) => compact.id === id)?.name[locale] ?? id,
    level: (kind, id) =>
      (kind === "work" || kind === "language" ? listLevels(kind) : []).find(
        (level) => level.id === id,
      )?.label[locale] ?? id,
  };
}

export function formOf(page: Page, typed: Typed, errors: FieldErrors = {}): FormView {
  const say = page.t as unknown as (key: string) => string;
  return {
    page,
    typed,
    errors,
    label: (field) => say(`moderation.field.${field.replace(".", "-")}`),
  };
}
