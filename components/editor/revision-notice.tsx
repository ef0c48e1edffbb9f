import type { EditorView } from "#lib/revisions/queries.ts";
import { Notice } from "../ui/notice.tsx";
import type { Page } from "../ui/page.ts";

/** Where the profile stands: with us, with the moderators, or with readers. */
export function RevisionNotice({ page, view }: { page: Page; view: EditorView }) {
  const { t, href } = page;
  const { revision, therapist } = view;
  if (!revision) return null;
  const state = revision.state === "draft" && revision.hasLive ? "editing" : revision.state;
  if (!["editing", "submitted", "changes-requested", "rejected", "live"].includes(state))
    return null;
  return (
    <Notice id="revision" heading={t(`editor.state.${state as "editing"}`)}>
      <p>
        {t(`editor.stateLead.${state as "editing"}`, {
          day: revision.submittedAt
            ? page.day(revision.submittedAt.toISOString().slice(0, 10))
            : "",
        })}
      </p>
      {state === "changes-requested" && (
        <p>
          <a href={href("/account/questions")}>{t("questions.overview.see")}</a>
        </p>
      )}
      {state === "rejected" && (
        <p>
          <a href={href("/account/decisions")}>{t("questions.overview.decision")}</a>
        </p>
      )}
      {state === "submitted" && (
        <form method="post" action={href("/account/profile/withdraw")}>
          <button type="submit" className="quiet">
            {t("editor.withdraw")}
          </button>
        </form>
      )}
      {state === "editing" && (
        <form method="post" action={href("/account/profile/discard")}>
          <button type="submit" className="plain">
            {t("editor.discard")}
          </button>
        </form>
      )}
      {revision.hasLive && therapist?.listingState === "listed" && (
        <p>
          <a href={href(`/therapists/${therapist.slug}`)}>{t("editor.seeLive")}</a>
        </p>
      )}
    </Notice>
  );
}
