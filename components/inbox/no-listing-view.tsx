import type { Page } from "../ui/page.ts";

/** For a therapist whose profile is not begun: there is nobody yet to write to. */
export function NoListingView({ page: { t, href } }: { page: Page }) {
  return (
    <div className="prose">
      <h1>{t("inbox.title")}</h1>
      <p className="lead">{t("inbox.noListing")}</p>
      <p>
        <a className="button" href={href("/account/profile")}>
          {t("account.toProfile")}
        </a>
      </p>
    </div>
  );
}
