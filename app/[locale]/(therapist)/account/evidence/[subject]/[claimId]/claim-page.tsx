import { type EvidencePage, EvidenceView } from "#components/evidence/evidence-view.tsx";
import type { Page } from "#components/ui/page.ts";
import { evidenceSubjects } from "#db/vocabulary.ts";
import type { Actor } from "#lib/auth/rules.ts";
import { NotFoundError } from "#lib/errors.ts";
import { type Claim, getClaim, isOfClaim, listEvidence } from "#lib/evidence/queries.ts";
import { type ClaimRef, mayAddEvidence, mayChangeEvidence } from "#lib/evidence/rules.ts";
import type { FieldErrors } from "#lib/forms/rules.ts";

export type ClaimParams = { locale: string; subject: string; claimId: string };

/** What the address means; `-` stands for a claim of which there is one only. */
export function claimOf(params: ClaimParams): ClaimRef {
  const subject = evidenceSubjects.find((known) => known === params.subject);
  if (!subject) throw new NotFoundError();
  return { subject, claimId: params.claimId === "-" ? null : params.claimId };
}

export function pathOf({ subject, claimId }: ClaimRef): string {
  return `/account/evidence/${subject}/${claimId ?? "-"}`;
}

type Shown = { done?: EvidencePage["done"]; errors?: FieldErrors; status?: number };

/** The page of a claim's documents. @throws NotFoundError when it is not the actor's own */
export async function claimPage(page: Page, actor: Actor, ref: ClaimRef, shown: Shown = {}) {
  const claim = await getClaim(actor, ref);
  if (!claim) throw new NotFoundError();
  const { done = null, errors = {}, status = 200 } = shown;
  const items = (await listEvidence(actor)).filter((item) => isOfClaim(item, ref));
  const view = {
    subject: ref.subject,
    claim: claimWords(page, ref, claim),
    path: pathOf(ref),
    items,
    frozen: !mayChangeEvidence(claim.openState),
    open: mayAddEvidence(claim),
    asked: claim.asked,
    done,
  };
  const form = { page, typed: {}, errors, label: () => page.t("evidence.file") };
  return {
    title: page.t("evidence.title"),
    status,
    body: <EvidenceView form={form} view={view} />,
  };
}

function claimWords(page: Page, { subject }: ClaimRef, { credential, training }: Claim): string {
  const { t } = page;
  if (credential) {
    const { letters, number, jurisdiction } = credential;
    return jurisdiction
      ? t("record.claim.credential", { letters, number, place: page.region(jurisdiction) })
      : t("record.claim.credentialAnywhere", { letters, number });
  }
  if (training) return `${training.title}, ${training.provider}, ${training.year}`;
  return t(subject === "insurance" ? "evidence.claim.insurance" : "evidence.claim.identity");
}
