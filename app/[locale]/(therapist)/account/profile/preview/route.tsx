import { accountPage } from "#app/account/account-page.tsx";
import { credentialText, profilePage } from "#app/reader/profile-page.ts";
import { PreviewView } from "#components/editor/preview-view.tsx";
import type { Page } from "#components/ui/page.ts";
import type { Actor } from "#lib/auth/rules.ts";
import { answerWithinDays } from "#lib/cases/rules.ts";
import { typedValue } from "#lib/forms/rules.ts";
import { getOwnProfile } from "#lib/profiles/queries.ts";
import { type ClaimToCheck, listClaimsToCheck } from "#lib/revisions/claims-to-check.ts";
import { type EditorView, getEditorView } from "#lib/revisions/queries.ts";
import { missingIn, submitRevision } from "#lib/revisions/submit-revision.ts";

export const { GET, POST } = accountPage({
  access: ["therapist"],
  area: "profile",
  get: ({ page, session, query }) =>
    answer(page, session, { submitted: query.get("submitted") === "1" }),
  post: async ({ page, session, typed }) => {
    if (typedValue(typed, "consent") !== "on") {
      const errors = { consent: { code: "consent" } };
      return answer(page, session, { errors, status: 422 });
    }
    const view = await getEditorView(session);
    if (missingIn(view).length > 0) return answer(page, session, { status: 422 });
    await submitRevision(session, { consent: true });
    return { to: "/account/profile/preview?submitted=1" };
  },
});

type Shown = { errors?: { consent: { code: string } }; submitted?: boolean; status?: number };

async function answer(page: Page, actor: Actor, shown: Shown) {
  const [view, profile] = await Promise.all([getEditorView(actor), getOwnProfile(actor)]);
  const claims = await listClaimsToCheck(view, page.today);
  const { errors = {}, submitted = false, status = 200 } = shown;
  return {
    title: page.t("editor.preview"),
    status,
    body: (
      <PreviewView
        form={{ page, typed: {}, errors, label: () => page.t("editor.consent") }}
        view={view}
        profile={profile && profilePage(page, profile)}
        missing={missingIn(view)}
        claims={claims.map((claim) => ({
          claimType: claim.claimType,
          why: claim.why,
          text: claimText(page, view, claim),
        }))}
        answerWithinDays={answerWithinDays}
        submitted={submitted}
      />
    ),
  };
}

/** What a look will be about, in words. */
function claimText(page: Page, view: EditorView, claim: ClaimToCheck): string {
  const credential = view.credentials.find(({ id }) => id === claim.credentialId);
  if (credential) return credentialText(page, credential);
  const training = view.trainings.find(({ id }) => id === claim.trainingId);
  if (training) return page.t("record.claim.training", { title: training.title });
  const { claimType } = claim;
  if (claimType === "credential" || claimType === "training") return "";
  return page.t(`record.claim.${claimType}`);
}
