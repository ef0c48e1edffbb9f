import type { Session } from "#lib/auth/rules.ts";
import type { availabilityOn } from "#lib/profiles/rules.ts";
import type { EditorView } from "#lib/revisions/queries.ts";
import { RevisionNotice } from "../editor/revision-notice.tsx";
import { WaitingNotice, type WaitingThings } from "../questions/waiting-notice.tsx";
import { Notice } from "../ui/notice.tsx";
import type { Page } from "../ui/page.ts";

type AccountOverviewProps = {
  page: Page;
  session: Session;
  /** Null for people who have no listing. */
  view: {
    editor: EditorView;
    /** How many things are asked for before the profile can be sent. */
    missing: number;
    availability: ReturnType<typeof availabilityOn> | null;
    waiting: WaitingThings;
  } | null;
};

/** What stands where, and the one thing to do next. */
export function AccountOverview({ page, session, view }: AccountOverviewProps) {
  const { t, href } = page;
  return (
    <div className="prose">
      <h1>{session.name ? t("account.hello", { name: session.name }) : t("account.helloNew")}</h1>
      {session.deletionAskedAt && (
        <Notice id="deletion" heading={t("account.deletionHeading")}>
          <p>
            <a href={href("/account/settings/delete")}>{t("account.deletionBack")}</a>
          </p>
        </Notice>
      )}
      {view && <Listing page={page} view={view} />}
      <p>
        {t("account.signedInAs", { email: session.email })}{" "}
        <a href={href("/account/settings")}>{t("account.nav.settings")}</a>
      </p>
    </div>
  );
}

type ListingProps = { page: Page; view: NonNullable<AccountOverviewProps["view"]> };

function Listing({ page, view }: ListingProps) {
  const { t, href } = page;
  const { editor, missing, availability, waiting } = view;
  const { therapist } = editor;
  return (
    <>
      <p className="lead">{t(`account.listing.${therapist?.listingState ?? "draft"}`)}</p>
      <WaitingNotice page={page} waiting={waiting} />
      <RevisionNotice page={page} view={editor} />
      {waiting.daysLeft !== null && <p>{answerWords(page, waiting.daysLeft)}</p>}
      {therapist && availability && ["listed", "paused"].includes(therapist.listingState) && (
        <section aria-labelledby="openings">
          <h2 id="openings">{t("account.openings")}</h2>
          <p>
            {t(`account.availability.${availability.status}`)}{" "}
            {t("account.confirmedOn", { day: page.day(therapist.confirmedOn) })}
          </p>
          <p>
            <a className="button" href={href("/account/availability")}>
              {t("account.confirm")}
            </a>
          </p>
        </section>
      )}
      <h2>{t("editor.title")}</h2>
      <p>
        {missing > 0 ? t("editor.missingCount", { count: missing }) : t("editor.nothingMissing")}
      </p>
      <p>
        <a className="button" href={href("/account/profile")}>
          {t("account.toProfile")}
        </a>
      </p>
      <p>
        <a href={href("/account/profile/preview")}>{t("editor.toPreview")}</a>
      </p>
      <p>
        <a href={href("/account/decisions")}>{t("questions.decisions.all")}</a>
      </p>
      <h2>{t("inbox.title")}</h2>
      <p>
        {t("inbox.overview")} <a href={href("/account/messages")}>{t("inbox.toInbox")}</a>
      </p>
    </>
  );
}

function answerWords({ t }: Page, daysLeft: number): string {
  return daysLeft < 0
    ? t("questions.overview.late", { count: -daysLeft })
    : t("questions.overview.daysLeft", { count: daysLeft });
}
